import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { CommentFact, ComponentFact, FileFact } from '../facts/code';
import type { DocumentFact } from '../facts/project';
import { compareText } from '../hash';
import { baseName, directoryOf, isScriptPath } from '../paths';
import { ownerMatcher, parseCodeOwners } from '../sages/code-owners';
import { mapTests, testedFromOutside } from '../test-matching';

/** A part with less code is no part of its own yet. */
const MIN_LINES = 100;
const LICENCE = /copyright|licen[cs]e|spdx|all rights reserved/i;
const HEADER_LINES = 5;
/** Files in which a package introduces itself. */
const ENTRANCE = /^(?:index|main|mod|lib|__init__|doc|package-info|cli|app)\.[a-z]+$/i;
const OWNERS_PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const OWNERS_FILE = /^OWNERS(?:\.ya?ml)?$/;

/** Types of what stands elsewhere: nothing to run. */
const DECLARATIONS = /\.d\.[cm]?ts$|\.pyi$/;
/** Tests, measurements and tools themselves. */
const AUXILIARY = /^(?:fuzz|bench|benchmarks?|perf|playground|examples?|demos?|buildsrc)$/i;

type Part = 'tests' | 'docs' | 'owner';

/** null where the repository names no owners at all, which another rule reports. */
function ownership(documents: readonly DocumentFact[], files: readonly FileFact[]): ((path: string) => boolean) | null {
  const document = OWNERS_PLACES.map((place) => documents.find(({ path }) => path === place)).find((found) => found);
  if (document) {
    const lines = parseCodeOwners(document.text)
      .filter(({ error }) => error === null)
      .map(({ pattern, owners }) => ({ owners, matches: ownerMatcher(pattern) }))
      .reverse();
    if (lines.length === 0) return null;
    return (path) => (lines.find(({ matches }) => matches(path))?.owners.length ?? 0) > 0;
  }
  const roots = files.filter(({ path }) => OWNERS_FILE.test(baseName(path))).map(({ path }) => directoryOf(path));
  if (roots.length === 0) return null;
  return (path) => roots.some((root) => root === '.' || path.startsWith(`${root}/`));
}

const isHeader = ({ line, text }: CommentFact) => line <= HEADER_LINES && text.length >= 20 && !LICENCE.test(text);

/** A readme beside the code, a word in the readme of the repository, or a comment that opens the file in which the part introduces itself. */
function documented(
  components: readonly ComponentFact[],
  files: readonly FileFact[],
  comments: readonly CommentFact[],
  documents: readonly DocumentFact[],
): ReadonlySet<string> {
  const headed = new Set(comments.filter(isHeader).map(({ path }) => path));
  const found = new Set<string>();
  for (const { path, component, role } of files) {
    const isReadme = /^readme(?:\.[a-z]+)?$/i.test(baseName(path));
    if (isReadme && directoryOf(path) === component) found.add(component);
    if (role !== 'production' || !headed.has(path)) continue;
    const isNamesake = baseName(path).replace(/\.[^.]+$/, '') === baseName(component);
    if (ENTRANCE.test(baseName(path)) || isNamesake) found.add(component);
  }
  const readme = documents
    .filter(({ path }) => /^readme/i.test(path))
    .map(({ text }) => text)
    .join('\n');
  for (const { id, name } of components) {
    if (readme !== '' && (id === '.' || readme.includes(name) || readme.includes(id))) found.add(id);
  }
  return found;
}

const workspace = (name: string) => JSON.stringify({ name, version: '1.0.0' });
const code = (count: number) =>
  Array.from({ length: count }, (_, index) => `export const rate${index} = ${index};\n`).join('');
const TEST = "import { rate1 } from './index';\ntest('has rates', () => {\n  expect(rate1).toBe(1);\n});\n";
const PACKAGES = {
  'packages/a/package.json': workspace('a'),
  'packages/b/package.json': workspace('b'),
  'packages/a/index.ts': code(150),
  'packages/b/index.ts': code(150),
  'packages/a/index.test.ts': TEST,
  'packages/b/index.test.ts': TEST,
  'packages/a/README.md': '# a\n',
  'packages/b/README.md': '# b\n',
};

/** Those that have a text. */
const present = (files: Record<string, string>) => ({
  files: Object.fromEntries(Object.entries(files).filter(([, text]) => text !== '')),
});

export const hasCompleteComponent = defineRule({
  id: 'servant/has-complete-component',
  catalogue: 'SRV-09',
  group: 'completeness',
  severity: 'low',
  confidence: 0.9,
  needs: ['components', 'files', 'tests', 'imports', 'comments', 'documents'],
  limits: { per: 'measure', good: 0.9, bad: 0.3, range: [0, 1] },
  effort: 'moderate',
  references: [
    'https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-readmes',
    'https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners',
  ],
  tags: ['OSPS-DO-01', 'SSDF PO.2'],
  options: z.object({}),

  title: { en: 'Each part has tests, a description and an owner', ja: '各部品にテスト・説明・担当者を備える' },
  why: {
    en: 'A part that nobody tests, describes or owns is the part nobody dares to change.',
    ja: 'テストも説明も担当者もない部品は、誰も手を付けられなくなります。',
  },
  fix: {
    en: 'Add what is missing: a first test, a readme of a few lines, a line in CODEOWNERS.',
    ja: '足りないものを加えてください。最初のテスト、数行の README、CODEOWNERS の1行で十分です。',
  },
  messages: {
    tests: {
      en: 'No test covers any file of “{component}” ({lines} lines of code).',
      ja: '「{component}」（コード{lines}行）には、対応するテストが1つもありません。',
    },
    docs: {
      en: 'The package “{component}” ({lines} lines of code) has no readme and no comment that says what it is for.',
      ja: 'パッケージ「{component}」（コード{lines}行）には、README も、役割を説明するコメントもありません。',
    },
    owner: {
      en: 'CODEOWNERS names nobody for “{component}” ({lines} lines of code).',
      ja: '「{component}」（コード{lines}行）の担当者が CODEOWNERS にありません。',
    },
  },
  examples: {
    bad: [
      present({ ...PACKAGES, 'packages/b/index.test.ts': '' }),
      present({ ...PACKAGES, 'packages/b/README.md': '', 'packages/b/index.ts': `// Rates\n${code(150)}` }),
      present({ ...PACKAGES, '.github/CODEOWNERS': '/packages/a/ @ada\n' }),
      present({
        'src/税/rates.ts': code(120),
        'src/pay/index.ts': code(120),
        'src/pay/index.test.ts': TEST,
      }),
    ],
    good: [
      present(PACKAGES),
      present({ ...PACKAGES, '.github/CODEOWNERS': '* @ada\n' }),
      present({
        ...PACKAGES,
        'packages/b/README.md': '',
        'packages/b/index.ts': `/** Rates of all the taxes we know of. */\n${code(150)}`,
      }),
      present({ ...PACKAGES, 'ci/release.sh': 'make\n'.repeat(150) }),
      present({ ...PACKAGES, 'types/index.d.ts': code(150).replaceAll(' = ', ': ') }),
      present({ ...PACKAGES, 'packages/c/package.json': workspace('c'), 'packages/c/index.ts': code(50) }),
      present({
        'src/pay/index.ts': code(120),
        'src/税/rates.ts': code(120),
        'tests/pay.test.ts': TEST.replace('./index', '../src/pay/index'),
        'tests/rates.test.ts': TEST.replace('./index', '../src/税/rates'),
      }),
    ],
  },

  *check({ components, files, tests, imports, comments, documents }): CheckOutput {
    const map = mapTests({ files, tests, imports });
    const isBlackBox = testedFromOutside(files);
    const isOwned = ownership(documents, files);
    const described = documented(components, files, comments, documents);
    const production = files.filter(
      ({ role, codeLines, path }) =>
        role === 'production' && codeLines > 0 && !isScriptPath(path) && !DECLARATIONS.test(path),
    );
    const testDirectories = files.filter((file) => file.role === 'test').map((file) => `${directoryOf(file.path)}/`);
    let asked = 0;
    let there = 0;
    for (const { id, kind } of [...components].sort((a, b) => compareText(a.id, b.id))) {
      const own = production.filter((file) => file.component === id);
      const lines = own.reduce((sum, file) => sum + file.codeLines, 0);
      const [first] = own;
      if (lines < MIN_LINES || !first || (id === '.' && components.length > 1)) continue;
      if (AUXILIARY.test(baseName(id))) continue;
      const hasOwnTests = testDirectories.some((directory) => id !== '.' && directory.startsWith(`${id}/`));
      const has: Partial<Record<Part, boolean>> = {
        tests: hasOwnTests || own.some(({ path }) => map.isTested(path) || isBlackBox(path)),
        ...(kind === 'directory' ? {} : { docs: described.has(id) }),
        ...(isOwned ? { owner: own.some(({ path }) => isOwned(path)) } : {}),
      };
      for (const [part, isThere] of Object.entries(has)) {
        asked += 1;
        if (isThere) there += 1;
        else {
          const location = { path: first.path, line: 1 };
          yield { messageId: part, data: { component: id, lines }, location, anchor: `${part} ${id}` };
        }
      }
    }
    if (asked === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    return { value: there / asked, population: asked, metrics: { component_completeness: there / asked } };
  },
});

import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { type CheckOutput, defineRule } from '../define';
import type { FileFact, ImportFact } from '../facts/code';
import { directoryOf, isScriptPath, languageOfPath } from '../paths';
import { oddNames } from './naming-styles';

const MIN_TESTS = 10;
const USUAL = 0.9;
/** Programs that people start by hand; `bin`, `tools` and `build` are names of product code too. */
const SCRIPT_DIRECTORIES = new Set(['script', 'scripts', 'hack']);

/** Told by the directories alone: a plain file there would be a test too, or data of tests. */
const isInTestDirectory = (path: string) => ['test', 'fixture'].includes(classifyPath(`${directoryOf(path)}/index.ts`));

/** Tests that stand among the code where nearly all others of their language stand in directories for tests. */
function strayTests(
  files: readonly FileFact[],
  holdsTests: ReadonlySet<string>,
): { path: string; inside: number; tests: number }[] {
  const groups = new Map<string, string[]>();
  for (const { path, role, codeLines } of files) {
    const language = languageOfPath(path);
    // These languages keep unit tests beside the code by convention.
    if (role !== 'test' || language === null || language === 'go' || language === 'rust' || codeLines === 0) continue;
    const known = groups.get(language);
    if (known) known.push(path);
    else groups.set(language, [path]);
  }
  return [...groups.values()].flatMap((paths) => {
    const inside = paths.filter(isInTestDirectory).length;
    if (paths.length < MIN_TESTS || inside / paths.length < USUAL) return [];
    return paths
      .filter((path) => !isInTestDirectory(path) && holdsTests.has(path))
      .map((path) => ({ path, inside, tests: paths.length }));
  });
}

/** Beside the sources of the repository or of a part; further in, `script` is a word of the product. */
function isScript(path: string, component: string): boolean {
  const inside = component !== '.' && path.startsWith(`${component}/`) ? path.slice(component.length + 1) : path;
  return [path, inside].some((each) => each.includes('/') && SCRIPT_DIRECTORIES.has(each.split('/')[0] ?? ''));
}

/** Scripts that code which ships cannot do without. */
function shippedScripts(files: readonly FileFact[], imports: readonly ImportFact[]): ImportFact[] {
  const production = new Map(
    files.filter(({ role }) => role === 'production').map(({ path, component }) => [path, component]),
  );
  const seen = new Set<string>();
  return imports.filter(({ path, role, target, isTypeOnly }) => {
    if (target === null || isTypeOnly || role !== 'production') return false;
    const component = production.get(target);
    if (component === undefined || isScriptPath(path) || !isScript(target, component) || seen.has(target)) return false;
    seen.add(target);
    return true;
  });
}

const TEST = "import { rate } from '../src/rate';\ntest('has a rate', () => {\n  expect(rate).toBe(1);\n});\n";
const tests = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tests/rate${index}.test.ts`, TEST]));
const named = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/rate-of-${index}.ts`, 'export {};\n']));

export const noMisplacedFile = defineRule({
  id: 'servant/no-misplaced-file',
  catalogue: 'SRV-10',
  group: 'placement',
  severity: 'low',
  confidence: 0.9,
  needs: ['files', 'imports', 'tests'],
  limits: { per: 'files', good: 0.02, bad: 0.2, range: [0, 1] },
  effort: 'trivial',
  references: ['https://google.github.io/styleguide/', 'https://peps.python.org/pep-0008/#package-and-module-names'],
  tags: [],
  options: z.object({}),

  title: { en: 'Files stand where their kind stands', ja: 'ファイルは仲間と同じ場所・同じ付け方に' },
  why: {
    en: 'A file out of place is found late, shipped by mistake or written a second time.',
    ja: '場所違いのファイルは見つけにくく、誤って出荷されたり、二重に書かれたりします。',
  },
  fix: {
    en: 'Move or rename it as its neighbours are; move what scripts and the product share into the product.',
    ja: '周りに合わせて移動または改名し、スクリプトと製品で共有する処理は製品側へ移してください。',
  },
  messages: {
    test: {
      en: 'A test among the code, while {inside} of {tests} test files stand in directories for tests.',
      ja: 'テストファイル{tests}件中{inside}件がテスト用ディレクトリにあるのに、このテストはコードの中にあります。',
    },
    script: {
      en: 'A script that code which ships imports (“{importer}”).',
      ja: '出荷されるコード（「{importer}」）から読み込まれているスクリプトです。',
    },
    name: {
      en: 'Named in {style} where its neighbours are named in {usual}.',
      ja: '周りのファイル名は {usual} ですが、これだけ {style} です。',
    },
  },
  examples: {
    bad: [
      { files: { ...tests(12), 'src/rate.ts': 'export const rate = 1;\n', 'src/tax.test.ts': TEST } },
      {
        files: {
          'src/pay.ts': "import { rate } from '../scripts/rate';\nexport const pay = rate;\n",
          'scripts/rate.ts': 'export const rate = 1;\n',
        },
      },
      { files: { ...named(9), 'src/taxTable.ts': 'export {};\n' } },
      {
        files: {
          ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`pay/rate_of_${index}.py`, 'RATE = 1\n'])),
          'pay/taxTable.py': 'RATE = 2\n',
        },
      },
    ],
    good: [
      { files: { ...tests(12), 'src/rate.ts': 'export const rate = 1;\n' } },
      { files: { ...tests(12), 'src/rate.ts': 'export const rate = 1;\n', 'dts-test/tax.test.ts': TEST } },
      { files: { ...tests(12), 'src/rate.ts': 'export const rate = 1;\n', 'test/db/seeds/tax.test.ts': TEST } },
      {
        files: {
          ...tests(12),
          'src/pay.ts': "import { testId } from './tax.test';\nexport const pay = testId;\n",
          'src/tax.test.ts': `export const testId = 1;\n${TEST.replace('../src', '.')}`,
          'src/rate.ts': 'export const rate = 1;\n',
        },
      },
      { files: { ...tests(5), 'src/税.test.ts': TEST, 'src/rate.ts': 'export const rate = 1;\n' } },
      {
        files: {
          'scripts/build.ts': "import { rate } from './rate';\nexport const pay = rate;\n",
          'scripts/rate.ts': 'export const rate = 1;\n',
          'src/a.ts': "import { rate } from '../tools/rate';\nexport const a = rate;\n",
          'tools/rate.ts': 'export const rate = 1;\n',
          'src/b.ts': "import { c } from './script/c';\nexport const b = c;\n",
          'src/script/c.ts': 'export const c = 1;\n',
        },
      },
      { files: { ...named(9), 'src/TaxTable.ts': 'export {};\n', 'src/useRates.ts': 'export {};\n' } },
      {
        files: {
          'pay/pay.go': 'package pay\n\nfunc Pay() int { return 1 }\n',
          'pay/pay_test.go':
            'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tif Pay() != 1 {\n\t\tt.Fatal()\n\t}\n}\n',
        },
      },
    ],
  },

  *check({ files, imports, tests }): CheckOutput {
    // What code that ships imports is no test, whatever its name.
    const imported = new Set(
      imports.flatMap(({ role, target }) => (role === 'production' && target !== null ? target : [])),
    );
    const holdsTests = new Set(tests.map(({ path }) => path).filter((path) => !imported.has(path)));
    for (const { path, inside, tests: count } of strayTests(files, holdsTests)) {
      yield { messageId: 'test', data: { inside, tests: count }, location: { path, line: 1 }, anchor: 'test' };
    }
    for (const { path, line, target } of shippedScripts(files, imports)) {
      const data = { importer: path };
      const related = [{ path, line }];
      yield { messageId: 'script', data, location: { path: target ?? path, line: 1 }, related, anchor: 'script' };
    }
    const production = files.filter(({ role }) => role === 'production').map(({ path }) => path);
    for (const { path, style, usual } of oddNames(production)) {
      yield { messageId: 'name', data: { style, usual }, location: { path, line: 1 }, anchor: 'name' };
    }
  },
});

import * as z from 'zod';
import { defineRule } from '../define';
import type { LanguageId } from '../facts/code';
import { baseName } from '../paths';
import { lines } from '../sketches';

/** Languages for which a tool checks who may use whom; in others the compiler or nothing does. */
const CHECKABLE: ReadonlySet<LanguageId | null> = new Set<LanguageId>([
  'typescript',
  'tsx',
  'javascript',
  'python',
  'java',
  'kotlin',
  'go',
  'php',
  'ruby',
]);
/** Boundaries that the language or the build enforces by itself. */
const BUILT_IN = /(?:^|\/)internal\/.*\.go$|(?:^|\/)module-info\.java$|(?:^|\/)BUILD(?:\.bazel)?$/;
const MIN_PACKAGES = 3;
/** The need grows with the code: at five times the limit it is whole. */
const WHOLE_AT = 5;

const files = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `src/${at % 2 ? 'web' : 'store'}/part${at}.ts`,
      lines(1, `export const part${at}x`),
    ]),
  );

export const hasLayerRules = defineRule({
  id: 'strict/has-layer-rules',
  catalogue: 'STR-D1',
  group: 'design',
  severity: 'low',
  confidence: 0.8,
  needs: ['files', 'components', 'checkSettings'],
  limits: { per: 'sites', good: 0, bad: 1 },
  weight: 0.5,
  references: [
    'https://github.com/sverweij/dependency-cruiser',
    'https://import-linter.readthedocs.io/en/stable/',
    'https://www.archunit.org/',
  ],
  tags: ['CWE-1061', 'SSDF PW.1'],
  options: z.object({ files: z.number().int().min(10).default(50) }),

  title: { en: 'A tool guards the layers', ja: '層の境界を道具が守る' },
  why: {
    en: 'In a code base of this size layers that only a document describes are gone after a few hurried changes.',
    ja: 'この規模になると、文書に書いただけの層の決まりは、急ぎの変更を数回重ねるうちに失われます。',
  },
  fix: {
    en: 'Write down who may import whom for dependency-cruiser, ESLint, import-linter, ArchUnit, depguard or deptrac, and run it in CI.',
    ja: 'どこから何を読み込んでよいかを dependency-cruiser、ESLint、import-linter、ArchUnit、depguard、deptrac などに設定し、CI で検査してください。',
  },
  messages: {
    unguarded: {
      en: '{files} source files, and no tool checks which part may use which.',
      ja: 'ソースファイルが {files}件ありますが、どの部分がどの部分を使ってよいかを検査する設定がありません。',
    },
  },
  examples: {
    bad: [{ files: files(51) }, { files: { ...files(60), '.eslintrc.json': '{ "rules": { "semi": "error" } }\n' } }],
    good: [
      { files: { ...files(51), '.dependency-cruiser.cjs': 'module.exports = { forbidden: [] };\n' } },
      {
        files: {
          ...files(51),
          'eslint.config.js':
            "export default [{ rules: { 'import/no-restricted-paths': ['error', { zones: [] }] } }];\n",
        },
      },
      { files: { ...files(51), 'pyproject.toml': '[tool.importlinter]\nroot_package = "shop"\n' } },
    ],
  },

  *check({ files: all, components, checkSettings }, { files: limit }) {
    const sources = all.filter(({ role, language }) => role === 'production' && CHECKABLE.has(language));
    if (sources.length <= limit) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const isGuarded =
      checkSettings.some(({ kind }) => kind === 'layers') ||
      components.filter(({ kind }) => kind === 'workspace').length >= MIN_PACKAGES ||
      all.some(({ path }) => BUILT_IN.test(path) || baseName(path) === 'nx.json');
    if (isGuarded) return { value: 0 };
    const weight = Math.min(1, (sources.length - limit) / (limit * (WHOLE_AT - 1)));
    yield { messageId: 'unguarded', data: { files: sources.length }, anchor: 'layers', weight };
    return { value: weight };
  },
});

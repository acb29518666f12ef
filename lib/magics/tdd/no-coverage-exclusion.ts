import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { compileSettingsGlob } from '../path-globs';
import { lines } from '../sketches';

const MANY_IN_FILE = 5;
const MANY_IN_PROJECT = 50;
/** A pattern that hides less than this share of the code is no finding of its own. */
const NOTABLE = 0.02;

const PRAGMA =
  /^(?:pragma:? ?no ?cover\b|istanbul ignore\b|c8 ignore\b|v8 ignore\b|node:coverage (?:ignore|disable)\b|LCOV_EXCL_(?:LINE|START|BR_LINE)\b|GCOVR?_EXCL_(?:LINE|START)\b|@codeCoverageIgnore(?:Start)?\b|:nocov:|coverage-ignore\b|kcov-ignore\b)/i;

const guarded = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `def pay${at}(n):\n    if n < 0:  # pragma: no cover\n        return 0\n    return n + ${at}\n`,
  ).join('\n\n');

export const noCoverageExclusion = defineRule({
  id: 'tdd/no-coverage-exclusion',
  catalogue: 'TDD-31',
  group: 'coverage',
  severity: 'medium',
  upTo: 'high',
  confidence: 0.8,
  needs: ['comments', 'files', 'testSettings'],
  uses: ['tests'],
  limits: { per: 'measure', good: 0.05, bad: 0.3, range: [0, 1] },
  references: [
    'https://coverage.readthedocs.io/en/latest/excluding.html',
    'https://docs.sonarsource.com/sonarqube-server/latest/project-administration/adjusting-analysis/setting-analysis-scope/introduction/',
  ],
  tags: ['ISO27001 A.8.29'],
  options: z.object({}),

  title: { en: 'Coverage counts all the code', ja: '網羅率の計算からコードを外さない' },
  why: {
    en: 'Coverage rises when code is left out of it, and the number then speaks of another program.',
    ja: 'コードを計算から外せば網羅率は上がりますが、その数字はもうこのプログラムのものではありません。',
  },
  fix: {
    en: 'Count the code again and test it. Leave out only what is generated or cannot run, with a reason.',
    ja: '計算に戻してテストを書いてください。外すのは、生成されたコードや実行できないコードだけにし、理由を残してください。',
  },
  messages: {
    uncounted: {
      en: 'no test and no setting of coverage was recognised: there is nothing to leave code out of',
      ja: 'テストも網羅率の設定も認識できず、コードを外す対象となる計算がありません',
    },
    pattern: {
      en: '“{pattern}” takes {lines} {lines|line|lines} of code out of the coverage ({share} %).',
      ja: '「{pattern}」により、コード{lines}行（{share}%）が網羅率の計算から外れています。',
    },
    file: {
      en: '{count} {count|mark in this file takes|marks in this file take} code out of the coverage.',
      ja: 'このファイルでは、{count}か所の指示がコードを網羅率の計算から外しています。',
    },
    project: {
      en: '{count} marks in {files} files take code out of the coverage.',
      ja: '{files}ファイルにある{count}か所の指示が、コードを網羅率の計算から外しています。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        files: {
          '.coveragerc': '[run]\nomit =\n    shop/legacy/*\n',
          'shop/pay.py': lines(20, 'a'),
          'shop/legacy/old.py': lines(40, 'b'),
        },
      },
      {
        files: {
          'vitest.config.ts':
            "export default {\n  test: {\n    coverage: {\n      exclude: ['src/legacy/**'],\n    },\n  },\n};\n",
          'src/pay.ts': lines(20),
          'src/legacy/old.ts': lines(20),
        },
      },
      { files: { 'shop/pay.py': guarded(6) } },
      {
        files: {
          'sonar-project.properties': 'sonar.coverage.exclusions=**/service/**\n',
          'src/main/java/shop/service/Pay.java': 'class Pay {\n  int a() {\n    return 1;\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          '.coveragerc': '[run]\nomit =\n    tests/*\n    setup.py\n    */migrations/*\n',
          'shop/pay.py': lines(20, 'a'),
          'tests/test_pay.py': 'def test_pay():\n    assert a1 == 1\n',
        },
      },
      {
        files: {
          'jest.config.js':
            "module.exports = {\n  coveragePathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '\\\\.d\\\\.ts$'],\n  collectCoverageFrom: ['src/**/*.js', '!src/**/*.test.js'],\n};\n",
          'src/pay.js': lines(20),
        },
      },
      { files: { 'shop/pay.py': guarded(2), 'shop/tax.py': guarded(3) } },
      {
        files: {
          // What lint leaves out is counted all the same.
          'tsconfig.json': '{ "exclude": ["src/legacy/**"] }\n',
          'pyproject.toml': '[tool.ruff]\nomit = ["shop/legacy/*"]\n',
          'src/legacy/old.ts': lines(20),
          'src/legacy/old.test.ts': "test('is old', () => {\n  expect(old(1)).toBe(1);\n});\n",
          'shop/legacy/old.py': '# カバレッジの話: pragma: no cover は使わない\nvalue = 1\n',
        },
      },
    ],
  }),

  *check({ comments, files, testSettings, tests }): CheckOutput {
    const code = files.filter(
      ({ role, language, codeLines }) => role === 'production' && language !== null && codeLines > 0,
    );
    const total = code.reduce((sum, file) => sum + file.codeLines, 0);
    if (total === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const isMarked = comments.some(({ role, text }) => role === 'production' && PRAGMA.test(text));
    if (tests?.length === 0 && testSettings.length === 0 && !isMarked) {
      return { outcome: 'not-applicable', reason: 'uncounted' };
    }
    const left = new Set<string>();
    for (const { path, line, kind, pattern } of testSettings) {
      if (kind !== 'exclusion' || pattern === null) continue;
      const isExcluded = compileSettingsGlob(pattern);
      const hidden = code.filter((file) => isExcluded(relativeTo(path, file.path)) && !left.has(file.path));
      const size = hidden.reduce((sum, file) => sum + file.codeLines, 0);
      for (const file of hidden) left.add(file.path);
      if (size < NOTABLE * total) continue;
      yield {
        messageId: 'pattern',
        data: { pattern: pattern.slice(0, 120), lines: size, share: percent(size, total) },
        location: { path, line },
      };
    }
    const pragmas = new Map<string, { count: number; line: number }>();
    for (const { path, role, line, text } of comments) {
      if (role !== 'production' || !PRAGMA.test(text)) continue;
      const known = pragmas.get(path);
      pragmas.set(path, { count: (known?.count ?? 0) + 1, line: known?.line ?? line });
    }
    let count = 0;
    for (const [path, file] of pragmas) {
      count += file.count;
      if (file.count < MANY_IN_FILE) continue;
      yield { messageId: 'file', data: { count: file.count }, location: { path, line: file.line }, severity: 'low' };
    }
    if (count > MANY_IN_PROJECT) {
      yield { messageId: 'project', data: { count, files: pragmas.size }, severity: 'high', anchor: 'project' };
    }
    const hidden = code.reduce((sum, file) => sum + (left.has(file.path) ? file.codeLines : 0), 0);
    return {
      value: hidden / total,
      metrics: { coverage_excluded_share: Math.round((hidden / total) * 1000) / 1000, coverage_pragmas: count },
    };
  },
});

/** Patterns count from the directory of their file; one at the end of the path counts anywhere. */
function relativeTo(settings: string, path: string): string {
  const slash = settings.lastIndexOf('/');
  const base = settings.slice(0, slash + 1);
  return path.startsWith(base) ? path.slice(base.length) : `\0${path}`;
}

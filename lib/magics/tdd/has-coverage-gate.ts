import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { SettingChangeFact } from '../facts/history';
import type { ManifestFact, WorkflowFact } from '../facts/project';

/** What a gate is worth: there and held, missing, lowered. */
const HELD = 1;
const MISSING = 0.5;
const LOWERED = 0;

const check = 'def test_pay():\n    assert pay() == 1\n';
const GO_TEST = 'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tt.Fatal("no")\n}\n';
const pipeline = (step: string) =>
  `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: go test -coverprofile=c.out ./...\n      - ${step}\n`;
const config = (limit: number) => `[report]\nfail_under = ${limit}\n`;

export const hasCoverageGate = defineRule({
  id: 'tdd/has-coverage-gate',
  catalogue: 'TDD-30',
  group: 'coverage',
  severity: 'low',
  upTo: 'high',
  confidence: 0.8,
  needs: ['manifests', 'settingChanges', 'testSettings', 'tests', 'workflows'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'trivial',
  references: [
    'https://coverage.readthedocs.io/en/latest/config.html#report-fail-under',
    'https://jestjs.io/docs/configuration#coveragethreshold-object',
  ],
  tags: ['ISO27001 A.8.29', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'Coverage has a limit that holds', ja: '網羅率の下限を定め、下げない' },
  why: {
    en: 'Without a limit coverage falls a little with each change; a limit that is lowered when it hurts is none.',
    ja: '下限がなければ、網羅率は変更のたびに少しずつ下がります。都合が悪いときに下げる下限は、ないのと同じです。',
  },
  fix: {
    en: 'Let the build fail below the coverage of today, and raise the limit as tests are added.',
    ja: 'いまの網羅率を下回ったらビルドが失敗するようにし、テストを足すたびに下限を上げてください。',
  },
  messages: {
    none: {
      en: 'No limit for coverage is set in the configuration or the pipeline.',
      ja: '設定にもパイプラインにも、網羅率の下限がありません。',
    },
    lowered: {
      en: 'The limit for coverage was lowered from {before} % to {after} %.',
      ja: '網羅率の下限が{before}%から{after}%に下げられました。',
    },
  },
  examples: {
    bad: [
      { files: { 'pay.py': 'def pay():\n    return 1\n', 'test_pay.py': check } },
      // Coverage that is only uploaded holds nothing: what the service compares is set outside the repository.
      ...['uses: codecov/codecov-action@v4', 'uses: coverallsapp/github-action@v2', 'run: npx codecov'].map((step) => ({
        files: { 'pay_test.go': GO_TEST, '.github/workflows/ci.yml': pipeline(step) },
      })),
      {
        commits: [
          { message: 'Begin', files: { '.coveragerc': config(90), 'test_pay.py': check } },
          { message: 'Lower', files: { '.coveragerc': config(70) } },
        ],
      },
      {
        commits: [
          {
            message: 'Begin',
            files: {
              'jest.config.js':
                'module.exports = {\n  coverageThreshold: { global: { lines: 80, branches: 70 } },\n};\n',
              'pay.test.js': "test('pays', () => { expect(pay()).toBe(1); });\n",
            },
          },
          {
            message: 'Lower',
            files: {
              'jest.config.js':
                'module.exports = {\n  coverageThreshold: { global: { lines: 80, branches: 40 } },\n};\n',
            },
          },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'Begin', files: { '.coveragerc': config(70), 'test_pay.py': check } },
          { message: 'Raise', files: { '.coveragerc': config(90) } },
        ],
      },
      {
        files: {
          'test_pay.py': check,
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest --cov=shop --cov-fail-under=85\n',
        },
      },
      {
        files: {
          'vitest.config.ts':
            'export default {\n  test: {\n    coverage: {\n      thresholds: {\n        lines: 80,\n        functions: 75,\n      },\n    },\n  },\n};\n',
          'pay.test.ts': "test('支払う', () => { expect(pay()).toBe(1); });\n",
        },
      },
      {
        files: {
          'package.json':
            '{ "name": "shop", "private": true, "scripts": { "test": "c8 --check-coverage --lines 90 mocha" } }\n',
          'pay.test.js': "test('pays', () => { expect(pay()).toBe(1); });\n",
        },
      },
      {
        files: {
          'package.json':
            '{\n  "name": "shop",\n  "private": true,\n  "nyc": {\n    "check-coverage": true,\n    "lines": 90\n  }\n}\n',
          'pay.test.js': "test('pays', () => { expect(pay()).toBe(1); });\n",
        },
      },
      {
        files: {
          'test_pay.py': check,
          'codecov.yml': 'coverage:\n  status:\n    project:\n      default:\n        target: auto\n',
        },
      },
      {
        files: {
          'pay_test.go': GO_TEST,
          '.github/workflows/ci.yml': pipeline('uses: vladopajic/go-test-coverage@v2'),
        },
      },
    ],
  },

  *check({ manifests, settingChanges, testSettings, tests, workflows }): CheckOutput {
    if (!tests.some(({ role }) => role !== 'documentation'))
      return { outcome: 'not-applicable', reason: 'no-subjects' };
    const limits = testSettings.filter(({ kind }) => kind === 'threshold');
    const hasGate = limits.length > 0 || workflows.some(isGating) || manifests.some(hasGatingScript);
    let isLowered = false;
    for (const { commitId, path, setting, before, after } of lasting(settingChanges)) {
      isLowered = true;
      yield {
        messageId: 'lowered',
        data: { before, after },
        location: { path, line: limits.find((limit) => limit.path === path)?.line ?? 1 },
        commits: [commitId],
        severity: 'high',
        anchor: `${path} ${setting} ${before} ${after}`,
      };
    }
    if (!hasGate && !isLowered) yield { messageId: 'none', anchor: 'none' };
    return {
      value: isLowered ? LOWERED : hasGate ? HELD : MISSING,
      metrics: { coverage_limits: limits.length },
    };
  },
});

/** Limits of coverage lowered, which no later change of the same limit made good. Newest first. */
function lasting(changes: readonly SettingChangeFact[]): SettingChangeFact[] {
  const ofCoverage = changes.filter(({ kind }) => kind === 'coverage');
  return ofCoverage.filter(({ path, setting, before, isWeaker }, at) => {
    const later = ofCoverage.slice(0, at).filter((one) => one.path === path && one.setting === setting);
    return isWeaker && !later.some((one) => one.after >= before);
  });
}

const GATES =
  /--(?:cov-)?fail-under\b|--check-coverage\b|--fail-under-(?:lines|functions|regions)\b|\/p:Threshold=|jacocoTestCoverageVerification|--coverage\.thresholds|-Dsonar\.qualitygate\.wait=true|diff-cover\b|go-test-coverage/;
/** Actions that fail below a limit of their own. */
const GATE_ACTIONS =
  /^(?:vladopajic\/go-test-coverage|sonarsource\/sonarqube-quality-gate-action|verygoodopensource\/very_good_coverage)(?:@|$)/i;

function isGating({ jobs }: WorkflowFact): boolean {
  return jobs.some(({ steps }) =>
    steps.some(({ run, uses }) => GATE_ACTIONS.test(uses ?? '') || GATES.test(run ?? '')),
  );
}

function hasGatingScript({ scripts }: ManifestFact): boolean {
  return Object.values(scripts).some((script) => GATES.test(script));
}

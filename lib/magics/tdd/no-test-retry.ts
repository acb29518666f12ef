import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';

const FLAG = /--(?:reruns|retries|retry|rerun-fails|flaky-retries)[ =](?<count>\d{1,2})\b/;
const RETRY_ACTION = /^nick-(?:fields|invision)\/retry@/i;
const RUNS_TESTS =
  /\b(?:pytest|jest|vitest|mocha|playwright|cypress|rspec|phpunit|(?:go|cargo|npm|yarn|pnpm|gradlew?|mvnw?|dotnet|make)(?: run)? [\w: -]{0,20}test)\b/i;

export const noTestRetry = defineRule({
  id: 'tdd/no-test-retry',
  catalogue: 'TDD-33',
  group: 'smells',
  severity: 'low',
  confidence: 0.9,
  needs: ['testSettings', 'testSmells', 'tests', 'workflows'],
  limits: { per: 'sites', good: 0, bad: 10 },
  references: [
    'https://martinfowler.com/articles/nonDeterminism.html',
    'https://testing.googleblog.com/2016/05/flaky-tests-at-google-and-how-we.html',
  ],
  options: z.object({}),

  title: { en: 'A failed test is not simply run again', ja: '失敗したテストを再実行でごまかさない' },
  why: {
    en: 'A retry turns a test that sometimes fails green. The race or the leak behind it stays, and may be in the product.',
    ja: '再試行すると、ときどき失敗するテストが成功扱いになります。原因の競合や漏れは残り、製品側にあるかもしれません。',
  },
  fix: {
    en: 'Find out why the test is unstable: time, order, shared state, network. Mend it, or set it aside with an issue.',
    ja: '不安定な理由（時刻、順序、共有状態、通信など）を突き止めて直すか、課題を登録して隔離してください。',
  },
  messages: {
    test: { en: '“{text}” runs a failed test again.', ja: '「{text}」は失敗したテストを再実行します。' },
    setting: {
      en: 'Failed tests are run again up to {count} times.',
      ja: '失敗したテストが最大{count}回まで再実行されます。',
    },
    pipeline: {
      en: 'The step “{step}” runs failed tests again.',
      ja: 'ステップ「{step}」は失敗したテストを再実行します。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'tests/test_pay.py':
            'import pytest\n\n\n@pytest.mark.flaky(reruns=3)\ndef test_pay():\n    assert pay() == 1\n',
        },
      },
      {
        files: {
          'playwright.config.ts': 'export default {\n  retries: process.env.CI ? 2 : 0,\n};\n',
          'e2e/pay.spec.ts': "test('pays', () => { expect(pay()).toBe(1); });\n",
        },
      },
      { files: { 'src/pay.test.js': "jest.retryTimes(3);\n\ntest('pays', () => { expect(pay()).toBe(1); });\n" } },
      {
        files: {
          'setup.cfg': '[tool:pytest]\naddopts = --reruns 2\n',
          'test_pay.py': 'def test_pay():\n    assert pay() == 1\n',
        },
      },
      {
        files: {
          'PayTests.cs':
            'public class PayTests {\n  [Test, Retry(3)]\n  public void Pays() {\n    Assert.AreEqual(1, Pay.Do());\n  }\n}\n',
          'src/test/java/PayTest.java':
            'class PayTest {\n  @RetryingTest(3)\n  @Test\n  void pays() { assertEquals(1, pay()); }\n}\n',
        },
      },
      {
        files: {
          'test_pay.py': 'def test_pay():\n    assert pay() == 1\n',
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Tests\n        run: pytest --reruns 3 tests\n',
        },
      },
    ],
    good: [
      {
        files: {
          'playwright.config.ts': 'export default {\n  retries: 0,\n};\n',
          'e2e/pay.spec.ts': "test('retries: 3 times', () => { expect(retry(3)).toBe(1); });\n",
        },
      },
      // Retrying is what the product does.
      {
        files: {
          'src/client.ts': 'export const client = create({\n  retries: 3,\n});\n',
          'src/client.test.ts': "test('retries', () => {\n  expect(create({ retries: 3 }).retries).toBe(3);\n});\n",
        },
      },
      {
        files: {
          'test_pay.py': 'def test_支払い():\n    assert pay(retries=3) == 1\n',
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: curl --retry 3 https://example.com/data.json\n      - run: pytest\n',
        },
      },
    ],
  },

  *check({ testSettings, testSmells, tests, workflows }): CheckOutput {
    for (const { path, line, form, text } of testSmells) {
      if (form !== 'retry') continue;
      yield { messageId: 'test', data: { text: text.slice(0, 120) }, location: { path, line } };
    }
    for (const { path, line, kind, value } of testSettings) {
      if (kind !== 'retry') continue;
      yield { messageId: 'setting', data: { count: value ?? 1 }, location: { path, line } };
    }
    for (const { path, jobs } of workflows) {
      for (const { name, line, run, uses, inputs } of jobs.flatMap((job) => job.steps)) {
        const text = run ?? '';
        const isFlag = FLAG.test(text) && RUNS_TESTS.test(text) && !/\bcurl\b|\bwget\b/.test(text);
        const isAction = RETRY_ACTION.test(uses ?? '') && inputs.some((input) => RUNS_TESTS.test(input));
        if (isFlag || isAction) {
          yield {
            messageId: 'pipeline',
            data: { step: (name ?? uses ?? text).slice(0, 80) },
            location: { path, line },
          };
        }
      }
    }
    if (tests.length === 0 && testSettings.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
  },
});

import * as z from 'zod';
import { defineRule } from '../define';
import { languageOfPath } from '../paths';

/** The name says that getting to the end is what is checked. */
const SMOKE =
  /(?:does|do|should|will|must)?[\s_]*(?:not|n[o']t|never|without)[\s_]*(?:throw|raise|panic|crash|fail|error|warn|hang|break|leak|deadlock|explode|exceptions?|errors?)|no[\s_]*(?:error|panic|throw|crash|exception|op)|doesnt|shouldnt|smoke|success(?:fully)?|compiles?|type[\s_-]?checks?|benchmark|(?:例外|エラー)(?:を|が)?(?:投げ|出|発生し)?ない|落ちない/i;

/** Tests assert through functions and macros of their own, or by being compiled. */
const ASSERTS_ITS_OWN_WAY: ReadonlySet<string | null> = new Set(['c', 'cpp']);

const lastWord = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

export const hasAssertion = defineRule({
  id: 'tdd/has-assertion',
  catalogue: 'TDD-11',
  group: 'verification',
  severity: 'high',
  confidence: 0.8,
  needs: ['tests'],
  limits: { per: 'measure', good: 0.02, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  references: [
    'https://testsmells.org/pages/testsmells.html',
    'https://rules.sonarsource.com/java/RSPEC-2699/',
    'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/expect-expect.md',
  ],
  tags: ['ISO27001 A.8.29'],
  options: z.object({
    /** Names of functions that assert and are not recognised, without their receiver: `checkScreen`. */
    helpers: z.array(z.string().min(2).max(60)).max(50).default([]),
  }),
  repositoryOptions: ['helpers'],
  releasingOptions: ['helpers'],

  title: { en: 'Every test asserts something', ja: 'どのテストも何かを確かめる' },
  why: {
    en: 'A test that asserts nothing passes whatever the code does.',
    ja: '何も確かめないテストは、コードがどう動いても成功します。',
  },
  fix: {
    en: 'Assert the result or the effect. If not failing is the point, say so in the name.',
    ja: '結果や作用を確かめてください。失敗しないこと自体が目的なら、テスト名にそう書いてください。',
  },
  messages: { none: { en: 'The test “{name}” asserts nothing.', ja: 'テスト「{name}」は何も確かめていません。' } },
  examples: {
    bad: [
      { files: { 'src/pay.test.ts': "test('pays', () => {\n  pay(1);\n});\n" } },
      { files: { 'tests/test_pay.py': 'def test_pay():\n    print(pay(1))\n' } },
      { files: { 'pay_test.go': 'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tPay(1)\n}\n' } },
    ],
    good: [
      {
        files: {
          'test/WriterTest.cs':
            'using NUnit.Framework;\n\nclass WriterTest {\n  [Test]\n  public void Compares() {\n    var text = Write(1);\n    if (text != Old(1))\n    {\n      throw new Exception("differs");\n    }\n  }\n}\n',
          'test/list.test.c': '#include "cmocka.h"\nstatic void adds(void **state) {\n  ql_verify(list, 1);\n}\n',
          'test/scan-test.cc':
            '#include <gtest/gtest.h>\nTEST(scan, is_closed) {\n  static_assert(!is_open<card>::value, "");\n}\n',
        },
      },
      {
        files: {
          'tests/test_stack.py':
            'def test_stack(aws, snapshot):\n    snapshot.match("stack", aws.describe())\n\n\ndef test_run(aws, sfn_snapshot):\n    run_and_record(aws, sfn_snapshot, "{}")\n',
        },
      },
      { files: { 'src/pay.test.ts': "test('pays', () => {\n  expect(pay(1)).toBe(2);\n});\n" } },
      {
        files: {
          'test/box.js':
            "describe('box', () => {\n  it('keeps nothing', async () => {\n    const found = await exists(path);\n    found.should.be.false;\n  });\n});\n",
          'test/queue_test.rb':
            'class QueueTest < Minitest::Test\n  def test_runs_jobs\n    TestJob.perform_later\n    assert_job_executed\n  end\nend\n',
          'test/SetErrorTest.php':
            '<?php\nuse PHPUnit\\Framework\\TestCase;\n\nfinal class SetErrorTest extends TestCase\n{\n    public function testError()\n    {\n        self::assertSame(1, error());\n    }\n\n    public function testErrorOfMail()\n    {\n        mailer("smtp");\n        $this->testError();\n    }\n}\n',
        },
      },
      {
        files: {
          'cypress/e2e/memos.cy.js':
            "describe('memos', () => {\n  it('has a field', () => {\n    cy.visit('/memos');\n    cy.get('textarea').find('input');\n  });\n\n  it('links', () => {\n    page().link('a').and('be.visible');\n  });\n});\n",
        },
      },
      {
        files: {
          'tests/test_pay.py':
            'import pytest\n\n\ndef test_pay():\n    with pytest.raises(ValueError):\n        pay(-1)\n',
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tif Pay(1) != 2 {\n\t\tt.Fatal("wrong")\n\t}\n}\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            '#[cfg(test)]\nmod tests {\n    #[test]\n    #[should_panic]\n    fn rejects() {\n        super::pay(0);\n    }\n}\n',
        },
      },
      { files: { 'src/pay.test.js': "test('does not throw on an empty cart', () => {\n  pay([]);\n});\n" } },
      {
        files: {
          'examples/yaml_load.py': 'import yaml\n\n\ndef test_yaml_load():\n    yaml.load("a: 1")\n',
          'tests/test_pay.py': 'def test_pay():\n    assert pay(1) == 2\n',
        },
      },
    ],
  },

  *check({ tests }, { helpers }) {
    const asserting = new Set(
      tests.filter(({ assertions }) => assertions > 0).map(({ path, name }) => `${path}\n${lastWord(name)}`),
    );
    let bare = 0;
    let judged = 0;
    for (const { path, role, line, endLine, name, isEmpty, isSkipped, assertions, calls } of tests) {
      // Examples only look like tests: nobody runs them.
      if (isEmpty || isSkipped || role === 'documentation' || ASSERTS_ITS_OWN_WAY.has(languageOfPath(path))) continue;
      judged += 1;
      if (assertions > 0 || SMOKE.test(name) || calls.some((call) => helpers.includes(call))) continue;
      // One case of another test, which it calls.
      if (calls.some((call) => asserting.has(`${path}\n${call}`))) continue;
      bare += 1;
      const isIdiom = languageOfPath(path) === 'rust';
      yield {
        messageId: 'none',
        data: { name: name.slice(0, 120) },
        location: { path, line, endLine },
        severity: isIdiom ? 'low' : 'high',
      };
    }
    const total = tests.reduce((sum, test) => sum + test.assertions, 0);
    return {
      value: bare / judged,
      population: judged,
      metrics: { tests: tests.length, assertions_per_test: tests.length === 0 ? 0 : total / tests.length },
    };
  },
});

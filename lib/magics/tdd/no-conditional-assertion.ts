import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';

const MESSAGES = {
  'conditional-assertion': 'condition',
  'catch-assertion': 'handler',
  'swallowed-assertion': 'swallowed',
} as const;

export const noConditionalAssertion = defineRule({
  id: 'tdd/no-conditional-assertion',
  catalogue: 'TDD-15',
  group: 'smells',
  severity: 'medium',
  confidence: 0.8,
  needs: ['tests', 'testSmells'],
  limits: { per: 'measure', good: 0.03, bad: 0.25, range: [0, 1] },
  references: [
    'https://testsmells.org/pages/testsmells.html',
    'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/no-conditional-expect.md',
  ],
  tags: ['ISO27001 A.8.29'],
  options: z.object({}),

  title: { en: 'No assertion on a condition', ja: '検証を条件付きにしない' },
  why: {
    en: 'When the branch is not taken, or the handler not reached, the test passes without checking anything.',
    ja: '分岐や例外処理を通らなければ、テストは何も確かめずに成功します。',
  },
  fix: {
    en: 'Assert the condition itself first, or use the form of the framework that expects an error.',
    ja: '条件そのものを先に検証するか、例外を期待するフレームワークの書き方を使ってください。',
  },
  messages: {
    condition: {
      en: '“{text}” is checked only on a condition; otherwise the test passes unchecked.',
      ja: '「{text}」は条件が成り立つときしか検証されません。成り立たなければ、そのまま成功します。',
    },
    handler: {
      en: '“{text}” stands only in the handler: if nothing is thrown, nothing is checked.',
      ja: '「{text}」は例外処理の中にしかありません。例外が起きなければ、何も確かめません。',
    },
    swallowed: {
      en: 'The handler around “{text}” drops the failed assertion too.',
      ja: '「{text}」を囲む例外処理が、検証の失敗まで捨てています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/pay.test.ts':
            "test('pays', () => {\n  const receipt = pay(1);\n  if (receipt) {\n    expect(receipt.total).toBe(1);\n  }\n});\n",
        },
      },
      {
        files: {
          'src/pay.test.js':
            "test('rejects', async () => {\n  try {\n    await pay(-1);\n  } catch (error) {\n    expect(error.code).toBe('negative');\n  }\n});\n",
        },
      },
      {
        files: {
          'tests/test_pay.py':
            'def test_pay():\n    receipt = pay(1)\n    if receipt:\n        assert receipt.total == 1\n\n\ndef test_other():\n    try:\n        assert pay(2) == 2\n    except Exception:\n        pass\n',
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void rejects() {\n    try {\n      pay(-1);\n    } catch (IllegalArgumentException e) {\n      assertEquals("negative", e.getMessage());\n    }\n  }\n}\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            '#[cfg(test)]\nmod tests {\n    #[test]\n    fn pays() {\n        let receipt = super::pay(1);\n        if let Some(total) = receipt {\n            assert_eq!(total, 1);\n        }\n    }\n}\n',
        },
      },
      {
        files: {
          'PayTests.cs':
            'public class PayTests {\n  [Fact]\n  public void Pays() {\n    var receipt = Pay.Do(1);\n    if (receipt != null) {\n      Assert.Equal(1, receipt.Total);\n    }\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.test.js':
            "test('pays once', (t, done) => {\n  t.plan(1);\n  const paid = pay();\n  if (paid.isDone) {\n    t.assert.ok(paid.sum);\n    done();\n  }\n});\n",
          'test_pay.py':
            'import unittest\n\n\nclass PayTest(unittest.TestCase):\n    def test_pays_anybody(self):\n        try:\n            pay("ü")\n        except UnicodeDecodeError:\n            self.fail("not decoded")\n',
        },
      },
      {
        files: {
          'src/pay.test.ts':
            "test('pays', () => {\n  const receipt = pay(1);\n  expect(receipt).not.toBeNull();\n  expect(receipt.total).toBe(1);\n});\n",
        },
      },
      // Both ways are checked, or the machine decides, or a table does.
      {
        files: {
          'src/pay.test.ts':
            "test('pays', () => {\n  const isWindows = process.platform === 'win32';\n  if (isWindows) expect(pay(1)).toBe('1');\n  for (const one of cases) {\n    const total = pay(one.amount);\n    if (one.total) expect(total).toBe(one.total);\n  }\n  const last = pay(2);\n  if (last.isOpen) expect(last.total).toBe(0);\n  else expect(last.total).toBe(2);\n});\n",
          'tests/test_pay.py':
            'import pytest\n\n\n@pytest.mark.parametrize("total", [None, 1])\ndef test_pay(total):\n    if total is not None:\n        assert pay(1) == total\n    with pytest.raises(ValueError):\n        pay(-1)\n',
        },
      },
      // The old form: reaching the end of the attempt fails the test.
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void rejects() {\n    try {\n      pay(-1);\n      fail();\n    } catch (IllegalArgumentException e) {\n      assertEquals("negative", e.getMessage());\n    }\n  }\n}\n',
          'src/pay.test.js':
            "test('rejects', async () => {\n  expect.assertions(1);\n  try {\n    await pay(-1);\n  } catch (error) {\n    expect(error.code).toBe('negative');\n  }\n});\n",
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tgot := Pay(1)\n\tif got != 1 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n',
          'tests/pay_test.c':
            '#include <criterion/criterion.h>\n\nTest(pay, pays) {\n  int got = pay(1);\n  if (got != 1) {\n    cr_assert_fail("wrong");\n  }\n}\n',
        },
      },
      {
        files: {
          'tests/pay.bats': '@test "支払う" {\n  run pay 1\n  if [ "$CI" ]; then\n    [ "$status" -eq 0 ]\n  fi\n}\n',
        },
      },
    ],
  },

  *check({ tests, testSmells }): CheckOutput {
    const failed = new Set<string>();
    for (const { path, line, form, text, test } of testSmells) {
      if (!(form in MESSAGES)) continue;
      failed.add(`${path} ${test}`);
      yield {
        messageId: MESSAGES[form as keyof typeof MESSAGES],
        data: { text: text.slice(0, 120) },
        location: { path, line },
        evidence: text,
      };
    }
    return { value: failed.size / tests.length, population: tests.length };
  },
});

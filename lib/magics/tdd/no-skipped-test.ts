import * as z from 'zod';
import { defineRule } from '../define';
import type { CommentFact } from '../facts/code';

/** Words of a reason. */
const EXPLAINS =
  /\b(?:because|disabled?|skip(?:ped|s)?|ignored?|fails?|failing|broken|flaky|bug|unsupported|not (?:yet )?(?:supported|implemented|available)|missing|until|unless|needs?|requires?|too slow|blocked)\b|https?:\/\/|#\d+|ため|未対応|失敗|無効|まで/i;
const MAX_ATTRIBUTES = 4;

export const noSkippedTest = defineRule({
  id: 'tdd/no-skipped-test',
  catalogue: 'TDD-13',
  group: 'verification',
  severity: 'medium',
  needs: ['tests', 'comments'],
  limits: { per: 'tests', good: 0.01, bad: 0.1, range: [0, 1] },
  references: [
    'https://testsmells.org/pages/testsmells.html',
    'https://rules.sonarsource.com/java/RSPEC-1607/',
    'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/no-disabled-tests.md',
  ],
  tags: ['ISO27001 A.8.29'],
  options: z.object({}),

  title: { en: 'No test skipped without a reason', ja: '理由なくテストを飛ばさない' },
  why: {
    en: 'A skipped test guards nothing, and without a reason nobody knows when it may run again.',
    ja: '飛ばされたテストは何も守りません。理由がなければ、いつ戻してよいかも分かりません。',
  },
  fix: {
    en: 'Mend the test and switch it on, delete it, or give the reason in the skip itself.',
    ja: 'テストを直して有効に戻すか、削除するか、スキップの指定に理由を書いてください。',
  },
  messages: {
    skipped: {
      en: 'The test “{name}” is skipped or expected to fail, without a reason.',
      ja: 'テスト「{name}」が理由なく飛ばされているか、失敗を許されています。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.test.ts': "test.skip('pays', () => {\n  expect(pay(1)).toBe(2);\n});\n" } },
      {
        files: {
          'tests/test_pay.py': 'import pytest\n\n\n@pytest.mark.skip\ndef test_pay():\n    assert pay(1) == 2\n',
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Disabled\n  @Test\n  void pays() { assertEquals(2, pay(1)); }\n}\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            '#[cfg(test)]\nmod tests {\n    #[test]\n    #[ignore]\n    fn pays() {\n        assert_eq!(super::pay(1), 2);\n    }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'e2e/setup.spec.ts':
            "import { test } from '@playwright/test';\ntest.describe('setup', () => {\n  test.skip(() => isSetUp(), 'only once');\n  test('sets up', async ({ page }) => { await expect(page).toHaveTitle('a'); });\n});\n",
          'test/helpers_test.rb':
            "require 'minitest/autorun'\ndescribe 'helpers' do\n  it 'prepends' do\n    skip <<-EOS\n      once modules are prepended\n    EOS\n    assert_equal 1, one\n  end\nend\n",
          'src/batch.test.js':
            "describe('batch', function () {\n  it.skip('takes what is mixed', function (done) {\n    // SKIPPED: this test times out, see the notes\n    expect(batch()).toBe(1);\n  });\n});\n",
        },
      },
      { files: { 'src/pay.test.ts': "test('pays', () => {\n  expect(pay(1)).toBe(2);\n});\n" } },
      {
        files: {
          'tests/test_pay.py':
            'import pytest\n\n\n@pytest.mark.skip(reason="the bank sandbox is closed, see #12")\ndef test_pay():\n    assert pay(1) == 2\n',
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Disabled("銀行の試験環境が停止中")\n  @Test\n  void pays() { assertEquals(2, pay(1)); }\n}\n',
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip("needs the bank")\n\t}\n\tif Pay(1) != 2 {\n\t\tt.Fatal("wrong")\n\t}\n}\n',
        },
      },
    ],
  },

  *check({ tests, comments }) {
    const explained = explainedLines(comments);
    for (const { path, line, endLine, name, isSkipped, skipReason } of tests) {
      if (!isSkipped || skipReason || explained.has(`${path}:${line}`)) continue;
      yield { messageId: 'skipped', data: { name: name.slice(0, 120) }, location: { path, line, endLine } };
    }
  },
});

/** Lines just below a comment that tells why something does not run: between them stand only attributes. */
function explainedLines(comments: readonly CommentFact[]): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { path, endLine, text } of comments) {
    if (!EXPLAINS.test(text)) continue;
    for (let below = 0; below <= MAX_ATTRIBUTES; below += 1) lines.add(`${path}:${endLine + below}`);
  }
  return lines;
}

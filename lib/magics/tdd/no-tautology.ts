import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { type CheckOutput, defineRule } from '../define';
import { statementRemoval } from '../edits/statements';
import type { LineEdit } from '../types';

export const noTautology = defineRule({
  id: 'tdd/no-tautology',
  catalogue: 'TDD-12',
  group: 'verification',
  severity: 'high',
  needs: ['tests', 'testSmells'],
  limits: { per: 'measure', good: 0, bad: 0.05, range: [0, 1] },
  references: [
    'https://testsmells.org/pages/testsmells.html',
    'https://docs.astral.sh/ruff/rules/assert-on-string-literal/',
  ],
  tags: ['ISO27001 A.8.29'],
  options: z.object({}),

  title: { en: 'No assertion that always holds', ja: '必ず成り立つ検証を書かない' },
  why: {
    en: 'It looks like a check and can never fail, so it hides that nothing is checked.',
    ja: '検証に見えて決して失敗しないため、何も確かめていないことが隠れてしまいます。',
  },
  fix: {
    en: 'Compare what the code gives with the value you expect, written out.',
    ja: 'コードが返した値を、期待する具体的な値と比べてください。',
  },
  messages: {
    always: { en: '“{text}” holds whatever the code does.', ja: '「{text}」は、コードがどう動いても成り立ちます。' },
    'not-null': {
      en: 'The test “{name}” only checks that something is there, not what it is.',
      ja: 'テスト「{name}」は、値があることしか確かめておらず、その中身を確かめていません。',
    },
  },
  edit: withoutTautology,
  mends: ({ messageId, data }) => messageId === 'always' && isAboutLiterals(String(data.text)),
  examples: {
    bad: [
      { files: { 'src/pay.test.ts': "test('pays', () => {\n  pay(1);\n  expect(true).toBe(true);\n});\n" } },
      { files: { 'tests/test_pay.py': 'def test_pay():\n    pay(1)\n    assert True\n' } },
      {
        files: { 'tests/test_pay.py': 'def test_pay():\n    total = pay(1)\n    assert (total == 2, "wrong total")\n' },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void pays() {\n    pay(1);\n    assertEquals(1, 1);\n  }\n}\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            '#[cfg(test)]\nmod tests {\n    #[test]\n    fn pays() {\n        let total = super::pay(1);\n        assert_eq!(total, total);\n    }\n}\n',
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport (\n\t"testing"\n\n\t"github.com/stretchr/testify/assert"\n)\n\nfunc TestPay(t *testing.T) {\n\tPay(1)\n\tassert.True(t, true)\n}\n',
        },
      },
      {
        files: {
          'tests/PayTest.php':
            '<?php\nclass PayTest extends TestCase {\n  public function testPays() {\n    pay(1);\n    $this->assertTrue(true);\n  }\n}\n',
        },
      },
      {
        files: {
          'spec/pay_spec.rb': "RSpec.describe Pay do\n  it 'pays' do\n    expect(true).to eq(true)\n  end\nend\n",
        },
      },
      {
        files: {
          'tests/pay_test.cc': '#include <gtest/gtest.h>\n\nTEST(Pay, Pays) {\n  pay(1);\n  EXPECT_EQ(2, 2);\n}\n',
        },
      },
      {
        files: {
          'PayTests.cs':
            'public class PayTests {\n  [Fact]\n  public void Pays() {\n    Pay.Do(1);\n    Assert.True(true);\n  }\n}\n',
        },
      },
      {
        files: {
          'src/pay.test.ts': "test('builds', () => {\n  const total = pay(1);\n  expect(total).toBeDefined();\n});\n",
        },
      },
    ],
    good: [
      {
        files: {
          'src/test/java/MapTest.java':
            'import org.junit.jupiter.api.Test;\n\nclass MapTest {\n  @Test\n  void refusesDuplicates() {\n    Exception exception = null;\n    try {\n      map.put(1);\n    } catch (IllegalArgumentException e) {\n      exception = e;\n    }\n    assertNotNull(exception, "expected");\n  }\n}\n',
        },
      },
      {
        files: {
          'src/pay.test.ts': "test('pays', () => {\n  expect(pay(true)).toBe(true);\n  expect(1 + 1).toBe(2);\n});\n",
        },
      },
      // To be reached is what is checked here.
      {
        files: {
          'src/pay.test.ts':
            "test('calls back', (t) => {\n  t.plan(1);\n  pay(1, () => {\n    t.ok(true);\n  });\n});\n",
        },
      },
      // Equality itself is what is tested.
      {
        files: {
          'tests/test_money.py':
            'def test_equality():\n    money = Money(1)\n    assert money == money\n    assert money != 1\n',
          'src/test/java/MoneyTest.java':
            'class MoneyTest {\n  @Test\n  void equalsIsReflexive() {\n    assertEquals(money, money);\n  }\n}\n',
        },
      },
      {
        files: {
          'tests/test_pay.py':
            'def test_pay():\n    total = pay(1)\n    assert total is not None\n    assert (total == 2)\n    assert (total, "a") == (2, "a")\n',
        },
      },
      {
        files: {
          'src/pay.ts': 'export function check() {\n  console.assert(true);\n}\n',
          'src/pay.test.ts': "test('支払う', () => {\n  expect(check).not.toThrow();\n});\n",
        },
      },
    ],
  },

  *check({ tests, testSmells }): CheckOutput {
    const failed = new Set<string>();
    for (const { path, line, form, text, test } of testSmells) {
      if (form !== 'tautology') continue;
      failed.add(`${path} ${test}`);
      yield { messageId: 'always', data: { text: text.slice(0, 120) }, location: { path, line }, evidence: text };
    }
    let judged = 0;
    for (const { path, line, endLine, name, assertions, notNullChecks, isSkipped } of tests) {
      if (isSkipped) continue;
      judged += 1;
      if (notNullChecks === 0 || notNullChecks !== assertions || IS_ABOUT_BEING.test(name)) continue;
      yield {
        messageId: 'not-null',
        data: { name: name.slice(0, 120) },
        location: { path, line, endLine },
        severity: 'low',
        confidence: 0.7,
      };
    }
    return { value: failed.size / judged, population: judged };
  },
});

/** The name says that being there is what is asked. */
const IS_ABOUT_BEING =
  /null|none|nil|exist|defin|present|creat|construct|instanti|export|import|load|available|register|expos|smoke|render|mount|ある|存在|生成/i;

const TEXTS = /"(?:[^"\\{\n]|\\.)*"|'(?:[^'\\{\n]|\\.)*'/g;
/** Words of an assertion about literals; any other word may do something. */
const LITERAL_ASSERTION =
  /^(?:expect|to|be|not|toBe|toEqual|toStrictEqual|toBeTruthy|toBeFalsy|toBeDefined|assert|assert_eq|assert_ne|ok|equal|strictEqual|deepEqual|isTrue|isFalse|assertTrue|assertFalse|assertEquals|assertEqual|assertSame|AssertTrue|self|this|Assert|Assertions|IsTrue|IsFalse|True|False|AreEqual|Equal|true|false|null|nil|None|undefined|\d+)$/;

/** An assertion that cannot fail is taken away; that the test still asserts something is checked with the result. */
function withoutTautology({ data, line }: EditedFinding, file: EditedFile): readonly LineEdit[] {
  const text = file.lines[line - 1]?.trim() ?? '';
  const statement = text.replace(/;$/, '');
  return statement === String(data.text).replace(/;$/, '') ? statementRemoval(file, line) : [];
}

function isAboutLiterals(statement: string): boolean {
  const words = statement.replace(TEXTS, '0').match(/[\w$]+/g) ?? [];
  return words.every((word) => LITERAL_ASSERTION.test(word));
}

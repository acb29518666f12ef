import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import type { TestFact } from '../facts/code';
import { languageOfPath } from '../paths';
import { lines } from '../sketches';

const MANY_ASSERTIONS = 10;
const LONG = 60;

export const noUnclearTest = defineRule({
  id: 'tdd/no-unclear-test',
  catalogue: 'TDD-19',
  group: 'smells',
  severity: 'low',
  confidence: 0.8,
  needs: ['tests', 'testSmells'],
  limits: { per: 'measure', good: 0.04, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  references: ['https://testsmells.org/pages/testsmells.html', 'http://xunitpatterns.com/Assertion%20Roulette.html'],
  options: z.object({}),

  title: { en: 'A test checks one thing and says what', ja: '1つのテストは1つのことを確かめる' },
  why: {
    en: 'A long test with many assertions stops at the first failure and does not say what is broken.',
    ja: '長く検証の多いテストは最初の失敗で止まり、何が壊れたのかを教えてくれません。',
  },
  fix: {
    en: 'Split it by behaviour, move the set-up to a helper, and give assertions a message where they look alike.',
    ja: '動作ごとに分け、準備は補助関数に移してください。似た検証が並ぶ場合は、それぞれにメッセージを付けてください。',
  },
  messages: {
    roulette: {
      en: 'The test “{name}” has {count} assertions without a message.',
      ja: 'テスト「{name}」には、メッセージのない検証が{count}個あります。',
    },
    long: { en: 'The test “{name}” is {count} lines long.', ja: 'テスト「{name}」は{count}行あります。' },
    repeated: { en: '“{text}” is checked twice in a row.', ja: '「{text}」を続けて二度検証しています。' },
    printed: {
      en: 'The test “{name}” prints its result and leaves the checking to the reader.',
      ja: 'テスト「{name}」は結果を表示するだけで、判断を読み手に任せています。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        files: {
          'src/pay.test.ts': `test('pays', () => {\n${'  expect(pay(1)).toBe(1);\n  expect(pay(2)).toBe(2);\n'.repeat(6)}});\n`,
        },
      },
      { files: { 'tests/test_pay.py': 'def test_pay():\n    print(pay(1))\n' } },
      {
        files: {
          'pay_test.go': `package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n${lines(70, '\tvar value')}\tif value1 != 1 {\n\t\tt.Fatal("wrong")\n\t}\n}\n`,
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void pays() {\n    assertEquals(1, total);\n    assertEquals(1, total);\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'run-tests.py': "def test_copy(label, source):\n    print(label)\n\n\ntest_copy('Copy one file', 'a')\n",
          'tests/test_pay.py': 'def test_pay():\n    assert pay() == 1\n',
        },
      },
      {
        files: {
          'src/pay.test.ts': "test('支払う', () => {\n  expect(pay(1)).toBe(1);\n  expect(pay(2)).toBe(2);\n});\n",
        },
      },
      // A table of data is no long test.
      {
        files: {
          'pay_test.go': `package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tcases := []struct{ in, out int }{\n${'\t\t{1, 1},\n'.repeat(90)}\t}\n\tfor _, c := range cases {\n\t\tif Pay(c.in) != c.out {\n\t\t\tt.Errorf("%d", c.in)\n\t\t}\n\t}\n}\n`,
        },
      },
      {
        files: {
          'tests/test_pay.py': `def test_pay():\n    print("start")\n${'    assert pay(1) == 1, "pays one"\n    assert pay(2) == 2, "pays two"\n'.repeat(6)}`,
          'spec/queue_spec.rb':
            "RSpec.describe Queue do\n  it 'hands out' do\n    expect(queue.pop).to eq(1)\n    expect(queue.pop(2)).to eq(1)\n  end\nend\n",
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void counts() {\n    assertEquals(1, ids.next());\n    assertEquals(1, ids.next());\n  }\n}\n',
        },
      },
    ],
  }),

  *check({ tests, testSmells }): CheckOutput {
    const failed = new Set<string>();
    for (const { path, line, form, text, test } of testSmells) {
      if (form !== 'duplicate-assertion') continue;
      failed.add(`${path} ${test}`);
      yield { messageId: 'repeated', data: { text: text.slice(0, 120) }, location: { path, line }, evidence: text };
    }
    for (const test of tests) {
      const { path, line, endLine, isSkipped, bareAssertions, bodyLines, prints, assertions } = test;
      const location = { path, line, endLine };
      const name = test.name.slice(0, 120);
      if (isSkipped) continue;
      const key = `${path} ${test.name}`;
      if (bareAssertions > MANY_ASSERTIONS) {
        failed.add(key);
        yield { messageId: 'roulette', data: { name, count: bareAssertions }, location };
      }
      if (bodyLines > LONG) {
        failed.add(key);
        yield { messageId: 'long', data: { name, count: bodyLines }, location };
      }
      if (prints > 0 && assertions === 0 && !isMeasuring(test)) {
        failed.add(key);
        yield { messageId: 'printed', data: { name }, location };
      }
    }
    return { value: failed.size / tests.length, population: tests.length };
  },
});

/** Benchmarks print what they measure, and programs in C print the protocol of their tests. */
function isMeasuring({ path, name }: TestFact): boolean {
  const language = languageOfPath(path);
  return language === 'c' || language === 'cpp' || /bench|stress|perf|profil|demo|例|計測/i.test(name);
}

import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';

const MANY_MOCKS = 5;

export const noExcessMock = defineRule({
  id: 'tdd/no-excess-mock',
  catalogue: 'TDD-18',
  group: 'smells',
  severity: 'low',
  confidence: 0.8,
  needs: ['tests'],
  limits: { per: 'measure', good: 0.3, bad: 0.7, range: [0, Number.POSITIVE_INFINITY] },
  references: [
    'https://martinfowler.com/articles/mocksArentStubs.html',
    'https://testing.googleblog.com/2013/05/testing-on-toilet-dont-overuse-mocks.html',
  ],
  options: z.object({}),

  title: { en: 'Tests mock sparingly', ja: 'モックに頼りすぎない' },
  why: {
    en: 'A test full of mocks tests the mocks: it passes when the real parts do not fit, and breaks when the code is only rearranged.',
    ja: 'モックだらけのテストはモックを試しているだけです。本物同士が噛み合わなくても成功し、整理しただけで壊れます。',
  },
  fix: {
    en: 'Use the real part or a small fake, and assert the result. Keep mocks for what lies outside the system.',
    ja: '本物か小さな代用品を使い、結果を検証してください。モックはシステムの外側だけに使います。',
  },
  messages: {
    interaction: {
      en: 'The test “{name}” only checks that mocks were called, not what came out.',
      ja: 'テスト「{name}」は、モックが呼ばれたことしか確かめておらず、結果を確かめていません。',
    },
    many: {
      en: 'The test “{name}” sets up {mocks} mocks.',
      ja: 'テスト「{name}」は{mocks}個のモックを用意しています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'tests/test_pay.py':
            'from unittest import mock\n\n\ndef test_pay():\n    bank = mock.Mock()\n    pay(bank, 1)\n    bank.charge.assert_called_once_with(1)\n',
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void pays() {\n    Bank bank = Mockito.mock(Bank.class);\n    new Pay(bank).pay(1);\n    Mockito.verify(bank).charge(1);\n  }\n}\n',
        },
      },
      {
        files: {
          'src/pay.test.ts':
            "test('pays', () => {\n  vi.spyOn(bank, 'charge');\n  pay(1);\n  expect(bank.charge).toHaveBeenCalledWith(1);\n});\n",
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.test.ts':
            "test('pays', () => {\n  const done = vi.fn();\n  pay(1, done);\n  expect(done).toHaveBeenCalledWith(1);\n});\n\ntest('warns', () => {\n  vi.spyOn(console, 'warn');\n  pay(0);\n  expect(console.warn).toHaveBeenCalled();\n});\n",
        },
      },
      {
        files: {
          'tests/test_pay.py':
            'from unittest import mock\n\n\ndef test_pay():\n    bank = mock.Mock()\n    assert pay(bank, 1) == 1\n    bank.charge.assert_called_once_with(1)\n\n\ndef test_a():\n    assert pay(None, 0) == 0\n\n\ndef test_b():\n    assert pay(None, 0) == 0\n\n\ndef test_c():\n    assert pay(None, 0) == 0\n',
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n\tbank := &fakeBank{}\n\tPay(bank, 1)\n\tif bank.charged != 1 {\n\t\tt.Fatal("not charged")\n\t}\n}\n',
        },
      },
    ],
  },

  *check({ tests }): CheckOutput {
    let mocks = 0;
    let judged = 0;
    let interaction = 0;
    for (const { path, line, endLine, name, assertions, isSkipped, ...test } of tests) {
      if (isSkipped) continue;
      judged += 1;
      mocks += test.mocks;
      const isInteraction = test.mocks > 0 && test.mockChecks > 0 && test.mockChecks === assertions;
      if (isInteraction) {
        interaction += 1;
        yield {
          messageId: 'interaction',
          data: { name: name.slice(0, 120) },
          location: { path, line, endLine },
        };
      } else if (test.mocks > MANY_MOCKS) {
        yield {
          messageId: 'many',
          data: { name: name.slice(0, 120), mocks: test.mocks },
          location: { path, line, endLine },
        };
      }
    }
    return {
      value: mocks / judged,
      population: judged,
      metrics: { mocks_per_test: judged === 0 ? 0 : mocks / judged, interaction_only_tests: interaction },
    };
  },
});

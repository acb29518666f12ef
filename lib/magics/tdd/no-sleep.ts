import * as z from 'zod';
import { defineRule } from '../define';

export const noSleep = defineRule({
  id: 'tdd/no-sleep',
  catalogue: 'TDD-16',
  group: 'smells',
  severity: 'medium',
  needs: ['tests'],
  limits: { per: 'tests', good: 0, bad: 0.05, range: [0, 1] },
  references: ['https://testsmells.org/pages/testsmells.html', 'https://rules.sonarsource.com/java/RSPEC-2925/'],
  options: z.object({}),

  title: { en: 'No sleep in a test', ja: 'テストで待ち時間に頼らない' },
  why: {
    en: 'A fixed pause is too short on a busy machine and wasted on a fast one: the test is slow and still flaky.',
    ja: '固定の待ち時間は、混んだ環境では足りず、速い環境では無駄になります。遅いうえに不安定です。',
  },
  fix: {
    en: 'Wait for the event or the state, with a deadline, or use a fake clock.',
    ja: '期限付きで事象や状態を待つか、偽の時計を使ってください。',
  },
  messages: { sleep: { en: 'The test “{name}” sleeps.', ja: 'テスト「{name}」が固定時間待っています。' } },
  examples: {
    bad: [
      {
        files: {
          'tests/test_pay.py': 'import time\n\n\ndef test_pay():\n    start()\n    time.sleep(2)\n    assert paid()\n',
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport (\n\t"testing"\n\t"time"\n)\n\nfunc TestPay(t *testing.T) {\n\tgo Pay()\n\ttime.Sleep(time.Second)\n\tif !Paid() {\n\t\tt.Fatal("unpaid")\n\t}\n}\n',
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void pays() throws Exception {\n    start();\n    Thread.sleep(1000);\n    assertTrue(paid());\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.test.ts':
            "test('支払う', async () => {\n  await vi.waitFor(() => expect(paid()).toBe(true));\n});\n",
        },
      },
      { files: { 'tests/test_pay.py': 'def test_pay():\n    assert start().wait(timeout=5)\n' } },
      {
        files: {
          'src/poll.py': 'import time\n\n\ndef poll():\n    time.sleep(2)\n',
          'tests/test_poll.py': 'def test_poll():\n    assert poll() is None\n',
        },
      },
    ],
  },

  *check({ tests }) {
    for (const { path, name, sleepLines } of tests) {
      const [line] = sleepLines;
      if (line === undefined) continue;
      yield { messageId: 'sleep', data: { name: name.slice(0, 120) }, location: { path, line } };
    }
  },
});

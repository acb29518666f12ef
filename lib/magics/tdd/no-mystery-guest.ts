import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';

const GUESTS = {
  'guest-network': 'network',
  'guest-file': 'file',
  'guest-environment': 'environment',
  'guest-random': 'random',
  'guest-clock': 'clock',
} as const;

export const noMysteryGuest = defineRule({
  id: 'tdd/no-mystery-guest',
  catalogue: 'TDD-17',
  group: 'smells',
  severity: 'low',
  confidence: 0.7,
  needs: ['tests', 'testSmells'],
  limits: { per: 'measure', good: 0.05, bad: 0.4, range: [0, 1] },
  references: ['https://testsmells.org/pages/testsmells.html', 'http://xunitpatterns.com/Obscure%20Test.html'],
  options: z.object({}),

  title: { en: 'A test holds all it depends on', ja: 'テストが外部の状態に頼らない' },
  why: {
    en: 'What the test does not control decides its result: it fails on another machine, day or network.',
    ja: 'テストが管理していないものが結果を左右し、環境や日時、通信の状態が変わると失敗します。',
  },
  fix: {
    en: 'Hand the value in: a temporary directory, a local server, a fixed clock, a seeded generator, an environment set by the test.',
    ja: '一時ディレクトリー、手元のサーバー、固定した時計、種を固定した乱数、テストが設定した環境変数などを渡してください。',
  },
  messages: {
    network: { en: '“{text}” needs a host on the network.', ja: '「{text}」は外部のサーバーに依存しています。' },
    file: {
      en: '“{text}” needs a fixed place on the machine.',
      ja: '「{text}」は実行環境の決まった場所に依存しています。',
    },
    environment: {
      en: '“{text}” reads the environment, which the test does not set.',
      ja: '「{text}」は、テストが設定していない環境変数を読んでいます。',
    },
    random: { en: '“{text}” gives other values in each run.', ja: '「{text}」の値は実行のたびに変わります。' },
    clock: { en: '“{text}” compares with the present time.', ja: '「{text}」は現在時刻と比べています。' },
  },
  examples: {
    bad: [
      {
        files: {
          'tests/test_pay.py':
            'import requests\n\n\ndef test_rate():\n    answer = requests.get("https://api.rates.dev/today")\n    assert answer.ok\n',
        },
      },
      {
        files: {
          'src/pay.test.ts':
            "test('year', () => {\n  expect(receipt().year).toBe(new Date().getFullYear());\n});\n\ntest('any', () => {\n  expect(pay(Math.random())).toBe(1);\n});\n",
        },
      },
      {
        files: {
          'pay_test.go':
            'package pay\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestPay(t *testing.T) {\n\tos.WriteFile("/tmp/pay.json", nil, 0o600)\n\tif Pay(os.Getenv("SHOP")) != 1 {\n\t\tt.Fatal("wrong")\n\t}\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'tests/test_pay.py':
            'import requests\n\n\ndef test_rate(server):\n    assert requests.get("http://localhost:8000/today").ok\n    assert requests.get("https://example.com/").ok\n\n\ndef test_file(tmp_path):\n    assert open(tmp_path / "a").read() == ""\n    assert open("tests/data/a.json").read() == ""\n\n\ndef test_env(monkeypatch):\n    monkeypatch.setenv("SHOP", "1")\n    assert os.getenv("SHOP") == "1"\n',
        },
      },
      {
        files: {
          'tests/test_pay.py':
            'import random\n\n\ndef test_pay():\n    random.seed(1)\n    assert pay(random.randint(1, 9)) > 0\n',
          'src/pay.test.ts':
            "test('year', () => {\n  vi.useFakeTimers();\n  expect(receipt().year).toBe(new Date().getFullYear());\n});\n",
        },
      },
      {
        files: {
          'src/pay.test.ts':
            "test('any', () => {\n  const name = `pay-\x24{Math.random()}`;\n  const id = Math.random().toString(36);\n  expect(pay(name, id)).toBe(1);\n});\n",
          'tests/test_cli.py':
            'import os\n\n\ndef test_help(runner):\n    option = Option(default=lambda: os.environ.get("USER", ""))\n    assert runner.help(option) == "user"\n',
        },
      },
      // The clock only makes a value to hand in.
      {
        files: {
          'src/pay.test.ts':
            "test('expired', () => {\n  const until = Date.now() - 1000;\n  expect(isExpired(until)).toBe(true);\n});\n",
        },
      },
      {
        files: {
          'src/pay.test.ts':
            "import nock from 'nock';\n\ntest('rate', async () => {\n  nock('https://api.rates.dev').get('/today').reply(200);\n  const answer = await fetch('https://api.rates.dev/today');\n  expect(answer.ok).toBe(true);\n});\n",
        },
      },
    ],
  },

  *check({ tests, testSmells }): CheckOutput {
    const failed = new Set<string>();
    for (const { path, line, form, text, test } of testSmells) {
      if (!(form in GUESTS)) continue;
      failed.add(`${path} ${test}`);
      yield {
        messageId: GUESTS[form as keyof typeof GUESTS],
        data: { text: text.slice(0, 120) },
        location: { path, line },
        evidence: text,
      };
    }
    return { value: failed.size / tests.length, population: tests.length };
  },
});

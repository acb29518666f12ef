import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

/** What stands there is a setting already. */
const SETTINGS =
  /(?:^|\/)(?:configs?|configuration|settings|environments?)\/|(?:^|\/)(?:config|configuration|settings|environment)(?:[._-][\w.-]{1,40})?\.\w{1,4}$/i;

export const noFixedAddress = defineRule({
  id: 'strict/no-fixed-address',
  catalogue: 'STR-C5',
  group: 'scalability',
  severity: 'low',
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'trivial',
  references: ['https://12factor.net/backing-services', 'https://rules.sonarsource.com/java/RSPEC-1313/'],
  tags: ['CWE-547', 'CWE-1051', 'ISO27001 A.8.9'],
  options: z.object({}),

  title: { en: 'Addresses are settings, not code', ja: '接続先をコードに書き込まない' },
  why: {
    en: 'The program runs only where that machine is reachable; moving or copying the service needs a new release.',
    ja: 'その機器に届く環境でしか動きません。移設や複製のたびに作り直しが必要になります。',
  },
  fix: {
    en: 'Read the address from the environment or the configuration, with at most a default for development.',
    ja: '接続先は環境変数か設定から読み込み、コードには開発用の既定値だけを置いてください。',
  },
  messages: {
    fixed: {
      en: '“{callee}” is written into the code: no setting can change it.',
      ja: '接続先「{callee}」がコードに書き込まれていて、設定で変えられません。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/stock.ts': "export const stock = () => fetch('http://localhost:3001/stock');\n" } },
      { files: { 'app/store.py': 'HOST = "10.20.0.17"\n\n\ndef store():\n    return connect(HOST)\n' } },
      {
        files: {
          'src/Stock.java': 'class Stock {\n  static final String SERVER = "http://192.168.1.20:8080/stock";\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/stock.ts':
            "const base = process.env.STOCK_URL ?? 'http://localhost:3001';\nexport const stock = () => fetch(base + '/stock');\n",
        },
      },
      { files: { 'app/net.py': 'BLOCKS = ["10.0.0.0/8", "192.168.0.0/16", "172.16.0.0"]\nVERSION = "10.4.1"\n' } },
      {
        files: {
          'server.go': 'package main\n\nfunc main() {\n\tlisten("127.0.0.1:8080")\n\tlisten("0.0.0.0:80")\n}\n',
        },
      },
      {
        files: {
          'app/cli.py':
            'import click\n\n\n@click.option("--server", default="http://localhost:8000")\ndef run(server):\n    call(server)\n',
        },
      },
      {
        files: {
          'tests/stock.test.ts': "test('stock', () => fetch('http://localhost:3001/stock'));\n",
          'src/a.ts': 'export const a = 1;\n',
        },
      },
      {
        files: {
          'config/env/test.js': "module.exports = { proxy: '192.168.56.20' };\n",
          'app/settings.local.py': 'STORE = "10.20.0.17"\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    const code = slowForms.filter(({ path }) => !SETTINGS.test(path));
    yield* slowFormsOf(code, { form: 'fixed-address', messageId: 'fixed' });
  },
});

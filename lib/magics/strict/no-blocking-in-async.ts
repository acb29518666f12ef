import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noBlockingInAsync = defineRule({
  id: 'strict/no-blocking-in-async',
  catalogue: 'STR-P5',
  group: 'performance',
  severity: 'medium',
  needs: ['slowForms'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  references: [
    'https://docs.astral.sh/ruff/rules/#flake8-async-async',
    'https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop',
    'https://learn.microsoft.com/en-us/aspnet/core/fundamentals/best-practices',
  ],
  tags: ['CWE-400', 'CWE-1322'],
  options: z.object({}),

  title: { en: 'Asynchronous code does not block', ja: '非同期処理の中で止まらない' },
  why: {
    en: 'While one call blocks the thread, everything else that shares it stands still.',
    ja: '1つの呼び出しがスレッドを止めている間、それを共有する処理はすべて止まります。',
  },
  fix: {
    en: 'Use the asynchronous form of the call, or hand it to a thread (asyncio.to_thread, spawn_blocking, a worker).',
    ja: '非同期版の呼び出しを使うか、別のスレッドに渡してください（asyncio.to_thread、spawn_blocking、ワーカーなど）。',
  },
  messages: {
    blocking: {
      en: '“{callee}” blocks the thread inside asynchronous code.',
      ja: '「{callee}」が、非同期処理の中でスレッドを止めます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/read.ts':
            "import fs from 'node:fs';\nexport async function read(path: string) {\n  return parse(fs.readFileSync(path, 'utf8'));\n}\n",
        },
      },
      {
        files: {
          'src/show.js':
            "const { readFileSync } = require('fs');\napp.get('/', (req, res) => {\n  res.send(readFileSync('page.html'));\n});\n",
        },
      },
      { files: { 'app/wait.py': 'import time\n\n\nasync def wait():\n    time.sleep(1)\n' } },
      {
        files: {
          'src/Reader.cs':
            'class Reader {\n  public async Task<string> Read(HttpClient client) {\n    await Task.Yield();\n    return client.GetStringAsync("/").GetAwaiter().GetResult();\n  }\n}\n',
        },
      },
      { files: { 'src/wait.rs': 'pub async fn wait() {\n    std::thread::sleep(Duration::from_secs(1));\n}\n' } },
      { files: { 'src/wait.kt': 'suspend fun pause() {\n    Thread.sleep(1000)\n}\n' } },
    ],
    good: [
      {
        files: {
          'src/read.ts':
            "import fs from 'node:fs';\nconst page = fs.readFileSync('page.html', 'utf8');\nexport async function read(path: string) {\n  return page + (await fs.promises.readFile(path, 'utf8'));\n}\n",
        },
      },
      {
        files: {
          'src/database.js':
            "const fs = require('fs');\nexports.connect = async function connect() {\n  fs.copyFileSync('empty.db', 'shop.db');\n};\nif (isDev) {\n  app.get('/snapshot', async (req, res) => {\n    fs.cpSync('shop.db', 'copy.db');\n    res.end();\n  });\n}\n",
        },
      },
      {
        files: {
          'app/wait.py':
            'import asyncio\nimport time\n\n\nasync def wait():\n    await asyncio.sleep(1)\n    await asyncio.to_thread(lambda: time.sleep(1))\n\n\ndef pause():\n    time.sleep(1)\n',
        },
      },
      {
        files: {
          'src/wait.rs':
            'pub async fn wait() {\n    tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_secs(1))).await;\n}\n',
        },
      },
      {
        files: {
          'scripts/build.ts':
            "import fs from 'node:fs';\nexport async function build() {\n  fs.writeFileSync('out', 'x');\n}\n",
          'src/a.ts': 'export const a = 1;\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'blocking-in-async', messageId: 'blocking' });
  },
});

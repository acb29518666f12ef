import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noSharedRequestState = defineRule({
  id: 'strict/no-shared-request-state',
  catalogue: 'STR-C1',
  group: 'scalability',
  severity: 'medium',
  confidence: 0.8,
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: ['https://12factor.net/processes', 'https://cwe.mitre.org/data/definitions/362.html'],
  tags: ['CWE-362', 'CWE-567', 'ISO27001 A.8.28'],
  options: z.object({}),

  title: { en: 'Requests do not write to shared variables', ja: 'リクエスト処理で共有変数を書き換えない' },
  why: {
    en: 'Requests that run at the same time overwrite each other, and a second process has its own copy of the value.',
    ja: '同時に動くリクエストが互いの値を上書きします。また、別のプロセスは別の値を持ちます。',
  },
  fix: {
    en: 'Keep what belongs to a request in the request, and what outlives it in a store that all processes share.',
    ja: 'リクエストに属する値はリクエストの中に、残す値はすべてのプロセスが共有する保存先に置いてください。',
  },
  messages: {
    shared: {
      en: 'A handler writes to “{callee}”, which all requests of the process share.',
      ja: 'リクエスト処理が、プロセス全体で共有する「{callee}」を書き換えています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/cart.ts':
            'let currentUser: string;\n\nexport function show(req: Request, res: Response) {\n  currentUser = req.query.user;\n  res.send(cartOf(currentUser));\n}\n',
        },
      },
      {
        files: {
          'app/cart.py':
            'current = None\n\n\n@app.route("/cart")\ndef show():\n    global current\n    current = request.args["user"]\n    return cart(current)\n',
        },
      },
      {
        files: {
          'cart.go':
            'package web\n\nvar current string\n\nfunc show(w http.ResponseWriter, r *http.Request) {\n\tcurrent = r.FormValue("user")\n\trender(w, current)\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/cart.ts':
            'let client: Client | undefined;\n\nexport function show(req: Request, res: Response) {\n  if (!client) client = connect();\n  const user = req.query.user;\n  res.send(client.cartOf(user));\n}\n',
        },
      },
      {
        files: {
          'src/cart.ts':
            'let user = 1;\nexport const next = () => (user += 1);\n\nexport function show(req: Request, res: Response) {\n  let user = req.query.user;\n  user = user.trim();\n  res.send(user);\n}\n',
        },
      },
      {
        files: {
          'cart.go':
            'package web\n\nvar visits int\nvar guard sync.Mutex\n\nfunc show(w http.ResponseWriter, r *http.Request) {\n\tguard.Lock()\n\tdefer guard.Unlock()\n\tvisits++\n}\n',
        },
      },
      {
        files: {
          'app/cart.py':
            'loaded = None\n\n\ndef load():\n    global loaded\n    loaded = read()\n\n\n@app.route("/cart")\ndef show():\n    return cart(loaded)\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'shared-state', countsScripts: true, messageId: 'shared' });
  },
});

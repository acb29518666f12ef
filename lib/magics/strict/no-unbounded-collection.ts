import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noUnboundedCollection = defineRule({
  id: 'strict/no-unbounded-collection',
  catalogue: 'STR-C4',
  group: 'scalability',
  severity: 'low',
  confidence: 0.75,
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: [
    'https://google.aip.dev/158',
    'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
  ],
  tags: ['CWE-770', 'CWE-1325', 'OWASP API4', 'ISO27001 A.8.28', 'GDPR 32(1)(b)'],
  options: z.object({}),

  title: { en: 'What a request reads or keeps has a limit', ja: 'リクエストで読む量・溜める量に上限を設ける' },
  why: {
    en: 'It works with the data of the first month; later one request fills the memory of the service.',
    ja: '最初の月のデータ量では動きますが、やがて1つのリクエストがサービスのメモリを使い切ります。',
  },
  fix: {
    en: 'Answer in pages with a largest size; keep what must stay in a store with a limit or an expiry.',
    ja: '最大件数つきのページに分けて返し、残す値は上限か有効期限のある保存先に置いてください。',
  },
  messages: {
    query: {
      en: '“{callee}” reads a whole table to answer a request.',
      ja: 'リクエストに答えるために「{callee}」が表をすべて読み込みます。',
    },
    growing: {
      en: 'Handlers add to “{callee}” and nothing ever takes from it.',
      ja: 'リクエスト処理が「{callee}」に加え続け、取り除く処理がどこにもありません。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/users.ts':
            'export async function list(req: Request, res: Response) {\n  res.json(await prisma.user.findMany());\n}\n',
        },
      },
      {
        files: {
          'src/seen.ts':
            'const seen = new Map<string, string>();\n\nexport function show(req: Request, res: Response) {\n  seen.set(req.query.id, req.ip);\n  res.send(seen.get(req.query.id));\n}\n',
        },
      },
      {
        files: {
          'app/利用者.py':
            'visits = []\n\n\n@app.route("/users")\ndef users():\n    visits.append(request.remote_addr)\n    return render("users.html", users=User.query.all())\n',
        },
      },
      {
        files: {
          'src/Users.java':
            'class Users {\n  @GetMapping("/users")\n  List<User> all() {\n    return userRepository.findAll();\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/users.ts':
            'export async function list(req: Request, res: Response) {\n  const users = await prisma.user.findMany({ take: 50, skip: offsetOf(req) });\n  const mine = await Order.find({ user: req.user.id });\n  res.json({ users, mine, first: await Tag.find().limit(20) });\n}\n',
        },
      },
      {
        files: {
          'src/seen.ts':
            'const seen = new Map<string, string>();\nsetInterval(() => seen.clear(), 60_000);\n\nexport function show(req: Request, res: Response) {\n  seen.set(req.query.id, req.ip);\n  res.send(seen.get(req.query.id));\n}\n',
        },
      },
      {
        files: {
          'app/users.py':
            'def export():\n    return [row(user) for user in User.query.all()]\n\n\n@app.route("/users")\ndef users():\n    found = User.query.filter_by(active=True).all()\n    return render("users.html", users=User.query.paginate(per_page=20), found=found)\n',
        },
      },
      {
        files: {
          'src/Users.java':
            'class Users {\n  @GetMapping("/users")\n  Page<User> all(Pageable page) {\n    return userRepository.findAll(page);\n  }\n}\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'unbounded-query', messageId: 'query' });
    yield* slowFormsOf(slowForms, { form: 'growing-collection', messageId: 'growing' });
  },
});

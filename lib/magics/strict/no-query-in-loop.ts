import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

/** They run once, and often have to go row by row. */
const MIGRATION = /(?:^|\/)(?:migrations?|migrate|alembic|seeds?|seeders?|fixtures)\//i;

const REQUEST = /^(?:requests|httpx|fetch|axios|got|http)\b|[rR]estTemplate|[hH]ttpClient/;

export const noQueryInLoop = defineRule({
  id: 'strict/no-query-in-loop',
  catalogue: 'STR-P2',
  group: 'performance',
  severity: 'low',
  confidence: 0.8,
  needs: ['slowForms'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  references: [
    'https://docs.djangoproject.com/en/stable/topics/db/optimization/',
    'https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance',
  ],
  tags: ['CWE-1073', 'CWE-1050'],
  terms: ['n+1', 'select n+1'],
  options: z.object({}),

  title: { en: 'No query for each element', ja: '要素ごとに問い合わせない' },
  why: {
    en: 'Each round waits for a round trip: a hundred elements take a hundred times as long as one question about all.',
    ja: '一回ごとに往復を待つため、百件なら、まとめて一度問い合わせる場合の百倍近くかかります。',
  },
  fix: {
    en: 'Ask once for all elements (IN, a join, a batch endpoint), or send independent requests at the same time with a limit.',
    ja: 'IN や結合、一括用の API で一度に取得するか、互いに独立した要求は上限を決めて並行に送ってください。',
  },
  messages: {
    query: {
      en: '“{callee}” is called once for each element of the loop.',
      ja: '「{callee}」が、ループの要素ごとに一回ずつ呼ばれます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/orders.ts':
            'export async function names(ids: string[]) {\n  const found = [];\n  for (const id of ids) {\n    found.push(await prisma.user.findUnique({ where: { id } }));\n  }\n  return found;\n}\n',
        },
      },
      {
        files: {
          'app/orders.py':
            'def names(ids):\n    found = []\n    for user in ids:\n        cursor.execute("SELECT name FROM users WHERE id = %s", (user,))\n        found.append(cursor.fetchone())\n    return found\n',
        },
      },
      {
        files: {
          'orders.go':
            'package orders\n\nfunc Names(ids []int) {\n\tfor _, id := range ids {\n\t\trow := db.QueryRow("SELECT name FROM users WHERE id = $1", id)\n\t\tshow(row)\n\t}\n}\n',
        },
      },
      {
        files: {
          'src/Orders.java':
            'class Orders {\n  void names(List<Long> ids) {\n    for (Long id : ids) {\n      show(userRepository.findById(id));\n    }\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/orders.ts':
            'export async function names(ids: string[]) {\n  const found = await prisma.user.findMany({ where: { id: { in: ids } } });\n  for (const user of found) show(user.name);\n  return found;\n}\n',
        },
      },
      {
        files: {
          'src/mirror.ts':
            'export async function first(mirrors: string[]) {\n  for (const mirror of mirrors) {\n    const answer = await fetch(mirror);\n    if (answer.ok) return answer;\n  }\n  return null;\n}\n',
        },
      },
      {
        files: {
          'app/pages.py':
            'def pages(count):\n    for page in range(count):\n        show(requests.get(URL, params={"page": page}, timeout=5))\n',
        },
      },
      {
        files: {
          'src/all.ts':
            'export async function all(urls: string[]) {\n  const answers = [];\n  for (const url of urls) answers.push(fetch(url));\n  return Promise.all(answers);\n}\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    const served = slowForms.filter(({ path }) => !MIGRATION.test(path));
    for (const finding of slowFormsOf(served, { form: 'query-in-loop', messageId: 'query' })) {
      // Another service may offer no way to ask for all at once.
      yield REQUEST.test(String(finding.data?.callee)) ? { ...finding, severity: 'info' } : finding;
    }
  },
});

import * as z from 'zod';
import { defineRule } from '../define';
import { functionsOver } from '../functions';

export const noHighCognitiveComplexity = defineRule({
  id: 'strict/no-high-cognitive-complexity',
  catalogue: 'STR-M2',
  group: 'maintainability',
  severity: 'medium',
  needs: ['functions'],
  limits: { per: 'measure', good: 0.03, bad: 0.2, range: [0, 1] },
  effort: 'large',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-3776/',
    'https://www.sonarsource.com/docs/CognitiveComplexity.pdf',
    'https://rust-lang.github.io/rust-clippy/master/index.html#cognitive_complexity',
  ],
  tags: ['CWE-1121', 'ISO25010 maintainability'],
  readsLimits: 'side',
  options: z.object({ limit: z.number().int().min(1).default(15) }),

  title: { en: 'No function that is hard to follow', ja: '追いにくい関数を作らない' },
  why: {
    en: 'Nested and interrupted flow must be held in the head all at once; changes to such code go wrong more often.',
    ja: '入れ子や中断の多い流れは全体を同時に頭に入れる必要があり、変更を誤りやすくなります。',
  },
  fix: {
    en: 'Return early, extract the inner blocks into named functions, and join conditions that belong together.',
    ja: '早期に戻り、内側の処理を名前のある関数に切り出し、まとめられる条件をまとめてください。',
  },
  messages: {
    tangled: {
      en: '“{name}” has a cognitive complexity of {value} (limit {limit}).',
      ja: '「{name}」の認知的複雑度は {value} です（上限 {limit}）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/match.ts':
            'export function match(rows: Row[], keys: Key[]): Row | null {\n  for (const row of rows) {\n    if (row.open) {\n      for (const key of keys) {\n        if (key.id === row.id) {\n          if (key.kind === row.kind || key.any) {\n            return row;\n          } else if (key.last) {\n            break;\n          }\n        }\n      }\n    }\n  }\n  return null;\n}\n',
        },
      },
      {
        files: {
          'match.py':
            'def match(rows, keys):\n    for row in rows:\n        if row.open:\n            for key in keys:\n                if key.id == row.id:\n                    if key.kind == row.kind or key.any:\n                        return row\n                    while key.next:\n                        key = key.next\n    return None\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/match.ts':
            'export function match(rows: Row[], keys: Set<string>): Row | undefined {\n  return rows.find((row) => row.open && keys.has(row.id));\n}\n',
        },
      },
      {
        files: {
          'match.go':
            'package match\n\nfunc Match(rows []Row, id string) *Row {\n\tfor i := range rows {\n\t\tif rows[i].ID == id {\n\t\t\treturn &rows[i]\n\t\t}\n\t}\n\treturn nil\n}\n',
        },
      },
      {
        files: {
          'src/Kind.java':
            'class Kind {\n  String name(int n) {\n    switch (n) {\n      case 1: return "a";\n      case 2: return "b";\n      case 3: return "c";\n      case 4: return "d";\n      default: return "e";\n    }\n  }\n}\n',
        },
      },
    ],
  },

  *check({ functions, totals }, { limit }, { limits }) {
    return yield* functionsOver({
      facts: { functions, totals },
      limits,
      measure: (fn) => fn.cognitive,
      limit,
      severityOf: () => 'medium',
      messageId: 'tangled',
      metric: 'tangled_functions',
    });
  },
});

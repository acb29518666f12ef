import * as z from 'zod';
import { defineRule } from '../define';
import { isScriptPath } from '../paths';

/** Files where a few open places are normal. */
const MAX_NORMAL = 0.2;
/** A language with less of the code helps another one. */
const MIN_SHARE = 0.1;

export const noUntypedCode = defineRule({
  id: 'strict/no-untyped-code',
  catalogue: 'STR-D3',
  group: 'design',
  severity: 'low',
  needs: ['typeCoverage', 'files'],
  limits: { per: 'measure', good: 0.1, bad: 0.6, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'large',
  references: [
    'https://typescript-eslint.io/rules/no-explicit-any/',
    'https://docs.astral.sh/ruff/rules/#flake8-annotations-ann',
    'https://peps.python.org/pep-0484/',
  ],
  tags: ['CWE-1127', 'SSDF PW.5'],
  options: z.object({}),

  title: { en: 'Code says its types', ja: 'コードに型を書く' },
  why: {
    en: 'Where a type is left open no tool finds a wrong argument, and every reader has to guess what fits.',
    ja: '型が決まっていない所では、誤った引数をどの道具も見つけられません。読む人も推測するしかありません。',
  },
  fix: {
    en: 'Write the types of parameters; replace “any” by the real type, by “unknown”, or by a type parameter.',
    ja: '引数に型を書き、any は本来の型、unknown、型引数のいずれかに置き換えてください。',
  },
  messages: {
    untyped: {
      en: '{untyped} of {places} places that can say a type leave it open.',
      ja: '型を書ける{places}か所のうち、{untyped}か所で型が決まっていません。',
    },
  },
  examples: {
    bad: [
      { files: { 'shop/cart.py': 'def add(cart, item, count=1):\n    cart.append((item, count))\n' } },
      {
        files: {
          'src/cart.ts':
            'export function add(cart: any, item: any): void {\n  (cart as any).items.push(item as any);\n}\n',
        },
      },
      { files: { 'src/Cart.php': '<?php\nclass Cart {\n    public function add($item, $count = 1) {\n    }\n}\n' } },
    ],
    good: [
      {
        files: {
          'shop/cart.py':
            'class Cart:\n    def add(self, item: str, *, count: int = 1, **options: str) -> None:\n        self.items.append((item, count))\n',
        },
      },
      {
        files: {
          'src/cart.ts':
            'export function add(cart: Cart, item: unknown): void {\n  const any = check(item);\n  cart.items.push(any);\n}\n',
        },
      },
      {
        files: {
          'shop/cart.py': 'def add(cart, item):\n    cart.append(item)\n',
          'shop/cart.pyi': 'def add(cart: list[str], item: str) -> None: ...\n',
        },
      },
      {
        files: {
          'src/Cart.php':
            '<?php\nclass Cart {\n    public function add(Item $item, int ...$counts): void {\n    }\n}\n',
        },
      },
    ],
  },

  *check({ typeCoverage, files, totals }) {
    const codeLines = new Map(files.map((file) => [file.path, file.codeLines]));
    // A stub beside a module says its types in its place.
    const hasStub = (path: string) => path.endsWith('.py') && codeLines.has(`${path}i`);
    const rows = typeCoverage.filter(
      ({ path, role }) => role === 'production' && !isScriptPath(path) && !hasStub(path),
    );
    const places = rows.reduce((sum, row) => sum + row.places, 0);
    const judged = rows.reduce((sum, { path }) => sum + (codeLines.get(path) ?? 0), 0);
    if (places === 0 || judged < totals.codeLines * MIN_SHARE)
      return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const { path, line, places: all, untyped } of rows) {
      if (untyped / all <= MAX_NORMAL) continue;
      yield { messageId: 'untyped', data: { untyped, places: all }, location: { path, line }, anchor: 'untyped' };
    }
    const untyped = rows.reduce((sum, row) => sum + row.untyped, 0);
    return { value: untyped / places, population: places, metrics: { untyped_places: untyped } };
  },
});

import * as z from 'zod';
import { defineRule } from '../define';
import { findOrphans } from './orphans';

const PACKAGE = JSON.stringify({ name: 'shop', private: true, version: '1.0.0' });
const rate = 'export function rate(price: number) {\n  return price / 10;\n}\n';
const pay = "import { rate } from './rate';\n\nexport const pay = (price: number) => price + rate(price);\n";
const start = "import { pay } from './orders/pay';\n\npay(1);\n";

export const noOrphanModule = defineRule({
  id: 'servant/no-orphan-module',
  catalogue: 'SRV-07',
  group: 'coupling',
  severity: 'low',
  confidence: 0.85,
  needs: ['files', 'imports', 'functions', 'manifests', 'mentions'],
  limits: { per: 'measure', good: 0.01, bad: 0.1, range: [0, 1] },
  effort: 'trivial',
  references: ['https://knip.dev/guides/handling-issues#unused-files', 'https://github.com/jendrikseipp/vulture'],
  tags: ['CWE-1164'],
  options: z.object({}),

  title: { en: 'No module that nothing uses', ja: 'どこからも使われないモジュールを残さない' },
  why: {
    en: 'It is read, changed and carried along with every upgrade, and does nothing.',
    ja: '何の働きもないのに、読まれ、直され、更新のたびに運ばれ続けます。',
  },
  fix: {
    en: 'Delete it, or import it where it was meant to be used; history keeps it.',
    ja: '削除するか、本来使うはずだった場所で読み込んでください。履歴には残ります。',
  },
  messages: {
    module: {
      en: 'No file imports or names this module, and it is no entry point.',
      ja: 'どのファイルもこのモジュールを読み込まず、名前も挙げておらず、入口でもありません。',
    },
    package: {
      en: 'Nothing in the module imports this internal package, and it is no program.',
      ja: 'モジュール内のどこからもこの内部パッケージは読み込まれず、プログラムでもありません。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'package.json': PACKAGE,
          'src/index.ts': start,
          'src/orders/pay.ts': pay,
          'src/orders/rate.ts': rate,
          'src/orders/discount.ts': rate.replace('rate', 'discount'),
        },
      },
      {
        files: {
          'requirements.txt': 'flask==3.0.0\n',
          'shop/__init__.py': '',
          'shop/main.py': 'from shop.orders.pay import pay\n\npay(1)\n',
          'shop/orders/__init__.py': '',
          'shop/orders/pay.py': 'def pay(price):\n    return price\n',
          'shop/orders/税.py': 'def tax(price):\n    return price / 10\n',
        },
      },
      {
        files: {
          'pyproject.toml':
            '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["uvicorn"]\n',
          'shop/__init__.py': '',
          'shop/main.py': 'from shop.orders.pay import pay\n\npay(1)\n',
          'shop/orders/__init__.py': '',
          'shop/orders/pay.py': 'def pay(price):\n    return price\n',
          'shop/orders/rate.py': 'def rate(price):\n    return price / 10\n',
        },
      },
      {
        files: {
          'go.mod': 'module example.com/shop\n\ngo 1.22\n',
          'main.go': 'package main\n\nimport "example.com/shop/internal/pay"\n\nfunc main() {\n\tpay.Pay()\n}\n',
          'internal/pay/pay.go': 'package pay\n\nfunc Pay() int {\n\treturn 1\n}\n',
          'internal/rate/rate.go': 'package rate\n\nfunc Rate() int {\n\treturn 1\n}\n',
        },
      },
      {
        files: {
          'Cargo.toml': '[package]\nname = "shop"\nversion = "1.0.0"\n',
          'src/main.rs': 'mod pay;\n\nfn main() {\n    pay::pay();\n}\n',
          'src/pay.rs': 'pub fn pay() {}\n',
          'src/rate.rs': 'pub fn rate() -> u8 {\n    1\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'package.json': PACKAGE,
          'src/index.ts': start,
          'src/orders/pay.ts': pay,
          'src/orders/rate.ts': rate,
        },
      },
      {
        files: {
          'package.json': PACKAGE,
          'src/index.ts':
            "import { pay } from './orders/pay';\nimport Total from './orders/Total.vue';\n\npay(Total);\n",
          'src/orders/pay.ts': `export const pay = (price: number) => import(\`./ways/\${price}.ts\`);\n`,
          'src/orders/ways/card.ts': rate,
          'src/orders/Total.vue':
            "<script setup>\nimport { rate } from '@/orders/rate';\n</script>\n<template>{{ rate(1) }}</template>\n",
          'src/orders/rate.ts': rate,
          'src/pages/about.ts': rate,
          'src/orders/receipt.ts': rate,
          'src/orders/receipt.test.ts':
            "import { rate } from './receipt';\n\ntest('rates', () => expect(rate(10)).toBe(1));\n",
        },
      },
      {
        files: {
          'package.json': JSON.stringify({
            name: 'shop',
            version: '1.0.0',
            exports: { '.': './dist/pay.js', './rate': './dist/rate.js' },
          }),
          'lib/pay.ts': pay,
          'lib/rate.ts': rate,
        },
      },
      {
        files: {
          'pyproject.toml':
            '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "shop"\nversion = "1.0.0"\n\n[project.scripts]\nshop = "shop._run:start"\n',
          'shop/__init__.py': '',
          'shop/_run.py': 'def start():\n    print(1)\n',
          'shop/pay.py': 'def pay(price):\n    return price\n',
        },
      },
      {
        files: {
          'requirements.txt': 'django==5.0.0\n',
          'shop/__init__.py': '',
          'shop/settings.py': "MIDDLEWARE = ['shop.orders.guard.Guard']\n",
          'shop/orders/__init__.py': '',
          'shop/orders/guard.py': 'class Guard:\n    pass\n',
          'shop/orders/export.py': "def run():\n    print(1)\n\n\nif __name__ == '__main__':\n    run()\n",
          'shop/orders/management/commands/bill.py': 'class Command:\n    pass\n',
        },
      },
    ],
  },

  *check(facts) {
    const { judged, orphans } = findOrphans(facts);
    if (judged === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const { path, kind } of orphans) yield { messageId: kind, location: { path, line: 1 }, anchor: kind };
    return {
      value: orphans.length / judged,
      population: judged,
      metrics: { judged_modules: judged, orphan_modules: orphans.length },
    };
  },
});

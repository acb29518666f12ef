import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { importsAcrossLayers, importsOfInternals, importsOfTests, unstableEdges } from './boundaries';
import { placeOfEdge, readDependencies } from './dependencies';

const workspace = (name: string) => JSON.stringify({ name, version: '1.0.0' });
const uses = (path: string, name: string) => `import { ${name} } from '${path}';\nexport const used = ${name};\n`;
const gives = (name: string) => `export const ${name} = 1;\n`;

/** `base` serves three parts and leans on `shell`, which leans on three others. */
const LEANING = {
  'src/a/a.ts': uses('../base/base', 'base'),
  'src/b/b.ts': uses('../base/base', 'base'),
  'src/c/c.ts': uses('../base/base', 'base'),
  'src/base/base.ts': `import { shell } from '../shell/shell';\nexport const base = shell;\n`,
  'src/shell/shell.ts':
    "import { x } from '../x/x';\nimport { y } from '../y/y';\nimport { z } from '../z/z';\nexport const shell = [x, y, z];\n",
  'src/x/x.ts': gives('x'),
  'src/y/y.ts': gives('y'),
  'src/z/z.ts': gives('z'),
};

const LAYERS = {
  layers: [
    { name: 'pages', paths: ['src/pages/**'], mayImport: ['services'] },
    { name: 'services', paths: ['src/services/**'], mayImport: ['db'] },
    { name: 'db', paths: ['src/db/**'] },
  ],
};

export const noBoundaryViolation = defineRule({
  id: 'servant/no-boundary-violation',
  catalogue: 'SRV-05',
  group: 'boundaries',
  severity: 'high',
  confidence: 0.9,
  needs: ['components', 'files', 'imports'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'moderate',
  references: [
    'https://github.com/sverweij/dependency-cruiser',
    'https://import-linter.readthedocs.io/',
    'https://www.archunit.org/',
  ],
  tags: ['CWE-1061', 'ISO27001 A.8.31', 'SSDF PW.5'],
  options: z.object({
    layers: z
      .array(
        z.object({
          name: z.string().min(1).max(100),
          paths: z.array(z.string().min(1).max(500)).min(1).max(100),
          mayImport: z.array(z.string().max(100)).max(100).default([]),
        }),
      )
      .max(50)
      .default([]),
  }),

  title: { en: 'Parts keep to their boundaries', ja: '部品の境界を越えない' },
  why: {
    en: 'Who reaches past the door of a part depends on what its owner may change any day, or on what never ships.',
    ja: '部品の入口を通らずに使うと、いつ変わってもおかしくない内部や、出荷されないコードに依存することになります。',
  },
  fix: {
    en: 'Import what the part offers under its name; move what both need, or test helpers that ship, to a place of their own.',
    ja: '部品が公開している名前から読み込み、双方が使うものや出荷する補助コードは専用の場所へ移してください。',
  },
  messages: {
    test: {
      en: 'Code that ships imports the test file “{target}”.',
      ja: '出荷されるコードがテストファイル「{target}」を読み込んでいます。',
    },
    internals: {
      en: 'Reaches into the package {owner} (“{target}”) instead of importing what it offers under its name.',
      ja: '公開された名前ではなく、パッケージ {owner} の内部（「{target}」）を直接読み込んでいます。',
    },
    layer: {
      en: 'The layer {from} may not import {to} (“{target}”).',
      ja: '層 {from} から {to} を読み込むことは許可されていません（「{target}」）。',
    },
    unstable: {
      en: '“{from}” is depended on by most others (instability {stable} %) and depends on “{to}”, which changes with most others ({unstable} %).',
      ja: '多くの部品から使われる「{from}」（不安定度{stable}%）が、多くの部品に左右される「{to}」（{unstable}%）に依存しています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/pay.ts': uses('./rates.test', 'rates'),
          'src/rates.test.ts':
            "export const rates = [1];\ntest('has rates', () => {\n  expect(rates).toEqual([1]);\n});\n",
        },
      },
      {
        files: {
          'shop/__init__.py': '',
          'shop/pay.py': 'from tests.helpers import rate\n\n\ndef pay():\n    return rate()\n',
          'tests/__init__.py': '',
          'tests/helpers.py': 'def rate():\n    return 1\n',
        },
      },
      {
        files: {
          'packages/a/package.json': workspace('@acme/a'),
          'packages/b/package.json': workspace('@acme/b'),
          'packages/a/src/index.ts': uses('../../b/src/税/rate', 'rate'),
          'packages/b/src/税/rate.ts': gives('rate'),
          'packages/b/src/index.ts': gives('b'),
        },
      },
      {
        files: {
          'packages/a/package.json': workspace('@acme/a'),
          'packages/b/package.json': workspace('@acme/b'),
          'packages/a/src/index.js': uses('@acme/b/src/rate', 'rate'),
          'packages/b/src/rate.js': gives('rate'),
        },
      },
      {
        files: {
          'src/pages/pay.ts': uses('../db/rates', 'rates'),
          'src/services/pay.ts': uses('../db/rates', 'rates'),
          'src/db/rates.ts': gives('rates'),
        },
        options: LAYERS,
      },
      { files: LEANING },
    ],
    good: [
      {
        files: {
          'packages/a/package.json': workspace('@acme/a'),
          'packages/b/package.json': workspace('@acme/b'),
          'packages/a/src/index.ts': uses('@acme/b', 'b'),
          'packages/a/src/more.ts': uses('@acme/b/rates', 'rates'),
          'packages/b/src/index.ts': gives('b'),
          'packages/b/src/rates.ts': gives('rates'),
        },
      },
      {
        files: {
          'shop/__init__.py': '',
          'shop/test_properties.py': 'def test_id(value):\n    return value\n',
          'shop/plugin.py': 'from shop.test_properties import test_id\n\n\ndef pay():\n    return test_id(1)\n',
        },
      },
      {
        files: {
          'src/test-utils.ts': uses('./rates.test', 'rates'),
          'src/rates.test.ts':
            "export const rates = [1];\ntest('has rates', () => {\n  expect(rates).toEqual([1]);\n});\n",
          'src/types.ts': "import type { Rate } from '../tests/rate';\nexport type Tax = Rate;\n",
          'tests/rate.ts': 'export interface Rate {}\n',
        },
      },
      {
        files: {
          'src/lib.rs': '#[cfg(test)]\nmod tests;\n\npub fn pay() -> u32 {\n    1\n}\n',
          'src/tests.rs': '#[test]\nfn pays() {\n    assert_eq!(super::pay(), 1);\n}\n',
        },
      },
      {
        files: {
          'src/pages/pay.ts': uses('../services/pay', 'used'),
          'src/services/pay.ts': uses('../db/rates', 'rates'),
          'src/db/rates.ts': gives('rates'),
        },
        options: LAYERS,
      },
      { files: { ...LEANING, 'src/base/base.ts': gives('base') } },
      {
        files: {
          'packages/a/package.json': workspace('@acme/a'),
          'packages/b/package.json': workspace('@acme/b'),
          'packages/a/tests/a.test.ts': uses('../../b/src/rate', 'rate'),
          'packages/a/src/index.ts': gives('a'),
          'packages/b/src/rate.ts': gives('rate'),
        },
      },
    ],
  },

  *check({ components, files, imports }, { layers }): CheckOutput {
    for (const { path, line, target, from, to } of importsAcrossLayers(layers, imports)) {
      yield { messageId: 'layer', data: { from, to, target }, location: { path, line }, anchor: `layer ${target}` };
    }
    for (const { path, line, target } of importsOfTests(files, imports)) {
      yield { messageId: 'test', data: { target }, location: { path, line }, anchor: `test ${target}` };
    }
    for (const { path, line, target, owner } of importsOfInternals(components, files, imports)) {
      yield {
        messageId: 'internals',
        data: { owner, target },
        location: { path, line },
        severity: 'medium',
        confidence: 0.85,
        anchor: `internals ${target}`,
      };
    }
    const dependencies = readDependencies(components, files, imports);
    for (const { from, to, stable, unstable } of unstableEdges(dependencies.edges)) {
      const location = placeOfEdge(dependencies, from, to);
      if (!location) continue;
      yield {
        messageId: 'unstable',
        data: { from, to, stable: Math.round(stable * 100), unstable: Math.round(unstable * 100) },
        location,
        severity: 'low',
        confidence: 0.7,
        anchor: `unstable ${from} ${to}`,
      };
    }
  },
});

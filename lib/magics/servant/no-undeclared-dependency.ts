import * as z from 'zod';
import { defineRule } from '../define';
import { undeclaredPackages } from './package-use';

const manifest = (dependencies: Record<string, string>) =>
  JSON.stringify({ name: 'shop', private: true, version: '1.0.0', dependencies });
const lock = (dependencies: Record<string, string>, ...names: string[]) =>
  JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', version: '1.0.0', dependencies },
      ...Object.fromEntries(
        names.map((name) => [
          `node_modules/${name}`,
          { version: '4.0.0', ...(name === 'express' && { dependencies: { qs: '^4.0.0' } }) },
        ]),
      ),
    },
  });
const EXPRESS = { express: '^4.0.0' };

export const noUndeclaredDependency = defineRule({
  id: 'servant/no-undeclared-dependency',
  catalogue: 'SRV-07',
  group: 'coupling',
  severity: 'medium',
  confidence: 0.9,
  needs: ['imports', 'manifests', 'dependencies'],
  limits: { per: 'measure', good: 0, bad: 0.1, range: [0, 1] },
  effort: 'trivial',
  references: ['https://rushjs.io/pages/advanced/phantom_deps/', 'https://deptry.com/rules-violations/'],
  tags: ['CWE-1104'],
  options: z.object({}),

  title: { en: 'No dependency that is not declared', ja: '宣言のない依存を使わない' },
  why: {
    en: 'It is there only because another package asked for it: an update of that one takes it away or changes its version.',
    ja: '別のパッケージが求めたために入っているだけなので、その更新で消えたり、版が変わったりします。',
  },
  fix: {
    en: 'Name it in the manifest with the version the code was written for.',
    ja: '対応する版を添えて、マニフェストに明記してください。',
  },
  messages: {
    undeclared: {
      en: '“{name}” is imported and in the lock file, but no manifest asks for it.',
      ja: '「{name}」は読み込まれ、ロックファイルにもありますが、どのマニフェストにも書かれていません。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'package.json': manifest(EXPRESS),
          'package-lock.json': lock(EXPRESS, 'express', 'qs'),
          'src/税.ts':
            "import express from 'express';\nimport { parse } from 'qs';\n\nexport const app = express(parse);\n",
        },
      },
      {
        files: {
          'pyproject.toml': '[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["requests"]\n',
          'uv.lock':
            'version = 1\n\n[[package]]\nname = "requests"\nversion = "2.0.0"\nsource = { registry = "https://pypi.org/simple" }\ndependencies = [{ name = "idna" }]\n\n[[package]]\nname = "shop"\nversion = "1.0.0"\nsource = { virtual = "." }\ndependencies = [{ name = "requests" }]\n\n[[package]]\nname = "idna"\nversion = "2.0.0"\nsource = { registry = "https://pypi.org/simple" }\n',
          'shop/pay.py': 'import idna\n\nname = idna.encode("税")\n',
        },
      },
    ],
    good: [
      {
        files: {
          'package.json': manifest({ ...EXPRESS, qs: '^4.0.0' }),
          'package-lock.json': lock({ ...EXPRESS, qs: '^4.0.0' }, 'express', 'qs'),
          'src/pay.ts':
            "import express from 'express';\nimport { parse } from 'qs/lib/parse';\nimport { join } from 'path';\n\nexport const app = express(parse, join);\n",
        },
      },
      {
        files: {
          'package.json': manifest(EXPRESS),
          'package-lock.json': lock(EXPRESS, 'express', 'qs'),
          'src/pay.ts':
            "import express from 'express';\nimport type { Parsed } from 'qs';\nimport { rate } from '@/rate';\n\nexport const app: Parsed = express(rate);\n",
          'src/pay.test.ts': "import { parse } from 'qs';\n\ntest('parses', () => expect(parse('a')).toBe(1));\n",
        },
      },
    ],
  },

  *check({ imports, manifests, dependencies }) {
    const { used, undeclared } = undeclaredPackages(imports, manifests, dependencies);
    if (used === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const { name, path, line } of undeclared) {
      yield { messageId: 'undeclared', data: { name }, location: { path, line }, anchor: name };
    }
    return { value: undeclared.length / used, population: used, metrics: { undeclared_packages: undeclared.length } };
  },
});

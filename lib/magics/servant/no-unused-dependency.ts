import * as z from 'zod';
import { defineRule } from '../define';
import { unusedPackages } from './package-use';

const manifest = (fields: Record<string, unknown>) => JSON.stringify({ name: 'shop', version: '1.0.0', ...fields });

export const noUnusedDependency = defineRule({
  id: 'servant/no-unused-dependency',
  catalogue: 'SRV-07',
  group: 'coupling',
  severity: 'low',
  confidence: 0.8,
  needs: ['imports', 'manifests', 'mentions'],
  limits: { per: 'measure', good: 0.01, bad: 0.1, range: [0, 1] },
  effort: 'trivial',
  references: ['https://knip.dev/guides/handling-issues#unused-dependencies', 'https://deptry.com/rules-violations/'],
  tags: ['CWE-1164'],
  options: z.object({ used: z.array(z.string().min(1).max(214)).max(500).default([]) }),
  repositoryOptions: ['used'],
  releasingOptions: ['used'],

  title: { en: 'No dependency that nothing uses', ja: '使われていない依存を残さない' },
  why: {
    en: 'It is installed, updated and open to attack for nothing.',
    ja: '使われないまま、導入も更新も攻撃の危険も引き受けることになります。',
  },
  fix: {
    en: 'Take it out of the manifest, or move it to the development dependencies when only tools need it.',
    ja: 'マニフェストから外すか、道具だけが使うなら開発用の依存へ移してください。',
  },
  messages: {
    unused: {
      en: 'No file imports “{name}”, and no setting, page or script names it.',
      ja: '「{name}」はどのファイルからも読み込まれず、設定・ページ・スクリプトにも出てきません。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'package.json': manifest({ dependencies: { express: '^4.0.0', 'left-pad': '^1.0.0' } }),
          'src/税.ts': "import express from 'express';\n\nexport const app = express();\n",
        },
      },
      {
        files: {
          'pyproject.toml': '[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["requests", "tenacity"]\n',
          'shop/pay.py': 'import requests\n\nanswer = requests.get("https://shop.example")\n',
        },
      },
    ],
    good: [
      {
        files: {
          'package.json': manifest({
            dependencies: {
              express: '^4.0.0',
              ws: '^8.0.0',
              'chart.js': '^4.0.0',
              'cool-words': '^1.0.0',
              'by-hand': '^1.0.0',
              knex: '^3.0.0',
            },
            scripts: { migrate: 'knex migrate:latest' },
          }),
          'src/pay.ts': "import express from 'express';\n\nexport const app = express();\n",
          'src/Total.vue': "<script>\nimport { Chart } from 'chart.js';\nexport default { Chart };\n</script>\n",
          'src/live.test.ts': "import { Server } from 'ws';\n\ntest('serves', () => expect(new Server()).toBe(1));\n",
          'checks.json': '{ "ignore": ["by-hand"] }\n',
          'words.config.js': "export default { lists: ['cool-words'] };\n",
        },
      },
      {
        files: {
          'pyproject.toml':
            '[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["pyyaml", "python-dateutil", "beautifulsoup4", "uvicorn"]\n',
          'shop/pay.py':
            'import yaml\nfrom bs4 import BeautifulSoup\nfrom dateutil import parser\n\nread = (yaml, BeautifulSoup, parser)\n',
        },
      },
    ],
  },

  *check({ imports, manifests, mentions }, { used }) {
    const { judged, unused } = unusedPackages(imports, manifests, mentions);
    if (judged === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const known = new Set(used);
    const open = unused.filter(({ name }) => !known.has(name));
    for (const { manifest: path, name } of open) {
      yield { messageId: 'unused', data: { name }, location: { path, line: 1 }, anchor: name };
    }
    return { value: open.length / judged, population: judged, metrics: { unused_packages: open.length } };
  },
});

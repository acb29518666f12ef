import * as z from 'zod';
import { defineRule } from '../define';
import { placeOfEdge, readDependencies } from './dependencies';
import { cyclesOf, shortestCycle } from './graph';

const workspace = (name: string) => JSON.stringify({ name, version: '1.0.0' });
const uses = (path: string, name: string) => `import { ${name} } from '${path}';\nexport const used = ${name};\n`;

export const noDependencyCycle = defineRule({
  id: 'servant/no-dependency-cycle',
  catalogue: 'SRV-04',
  group: 'boundaries',
  severity: 'high',
  confidence: 0.9,
  needs: ['components', 'files', 'imports'],
  limits: { per: 'sites', good: 0, bad: 3 },
  effort: 'large',
  references: ['https://en.wikipedia.org/wiki/Acyclic_dependencies_principle', 'https://doi.org/10.1145/361598.361623'],
  tags: ['CWE-1047'],
  options: z.object({}),

  title: { en: 'No dependency cycles between parts', ja: '部品どうしの依存を循環させない' },
  why: {
    en: 'Parts in a cycle cannot be understood, tested or released one without the other.',
    ja: '循環した部品は、一方だけを理解・テスト・公開することができません。',
  },
  fix: {
    en: 'Move what both need into a third part, or turn one direction round with an interface.',
    ja: '両方が必要とするものを第三の部品に移すか、インターフェースで一方の向きを逆にしてください。',
  },
  messages: {
    cycle: {
      en: '{count} parts depend on each other in a circle: {way}.',
      ja: '{count}個の部品の依存が循環しています：{way}。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'packages/a/package.json': workspace('a'),
          'packages/b/package.json': workspace('b'),
          'packages/a/src/index.ts': uses('../../b/src/index', 'b'),
          'packages/b/src/index.ts': uses('../../a/src/index', 'a'),
        },
      },
      {
        files: {
          'src/orders/list.ts': uses('../税/rate', 'rate'),
          'src/税/rate.ts': uses('../users/user', 'user'),
          'src/users/user.ts': uses('../orders/list', 'list'),
        },
      },
      {
        files: {
          'app/orders/__init__.py': '',
          'app/orders/api.py': 'from app.users.model import User\n\n\ndef owner():\n    return User()\n',
          'app/users/__init__.py': '',
          'app/users/model.py': 'from app.orders.api import owner\n\n\nclass User:\n    who = owner\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/orders/list.ts': uses('../税/rate', 'rate'),
          'src/税/rate.ts': 'export const rate = 10;\n',
          'src/users/user.ts': uses('../orders/list', 'list'),
        },
      },
      {
        files: {
          'src/orders/list.ts': uses('../users/user', 'user'),
          'src/users/user.ts': "import type { List } from '../orders/list';\nexport const user = {} as List;\n",
        },
      },
      {
        files: {
          'src/index.ts': uses('./util/text', 'text'),
          'src/util/text.ts': uses('../types', 'types'),
          'src/types.ts': 'export const types = 1;\n',
          'src/orders/list.ts': uses('../util/text', 'text'),
        },
      },
      {
        files: {
          'src/orders/list.ts': uses('../users/user', 'user'),
          'src/users/user.ts': 'export const user = 1;\n',
          'src/users/user.test.ts': uses('../orders/list', 'list'),
        },
      },
    ],
  },

  *check({ components, files, imports }) {
    const dependencies = readDependencies(components, files, imports);
    if (dependencies.edges.size === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const members of cyclesOf(dependencies.edges)) {
      const way = shortestCycle(dependencies.edges, members);
      const places = way.flatMap((from, index) => {
        const to = way[(index + 1) % way.length];
        return to === undefined ? [] : (placeOfEdge(dependencies, from, to) ?? []);
      });
      const [location, ...related] = places;
      if (!location) continue;
      yield {
        messageId: 'cycle',
        data: { count: members.length, way: [...way, way[0] ?? ''].join(' → ') },
        location,
        related,
        severity: dependencies.level === 'workspace' ? 'high' : 'medium',
        anchor: members.join('\n'),
      };
    }
  },
});

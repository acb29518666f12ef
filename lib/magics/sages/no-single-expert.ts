import * as z from 'zod';
import { percent } from '../commits';
import { defineRule } from '../define';
import { isPerson } from './people';
import { truckFactor } from './truck-factor';

const MIN_FILES = 5;
const LISTED_PARTS = 3;
const ENOUGH = 3;

const ADA = 'Ada <ada@example.org>';
const BOB = 'Bob <bob@example.org>';
const HANAKO = '花子 <hanako@example.org>';
const file = (path: string, step = 0) => ({ [path]: `export const step = ${step};\n` });
const add = (author: string, ...paths: string[]) => ({
  message: 'Add parts',
  author,
  files: Object.assign({}, ...paths.map((path) => file(path))) as Record<string, string>,
});

export const noSingleExpert = defineRule({
  id: 'sages/no-single-expert',
  catalogue: 'SAG-K5',
  group: 'knowledge',
  severity: 'high',
  confidence: 0.9,
  needs: ['files', 'fileHistory', 'history'],
  limits: { per: 'measure', good: 3, bad: 1, range: [1, 20] },
  effort: 'large',
  references: ['https://doi.org/10.1109/ICPC.2016.7503718'],
  tags: ['CHAOSS contributor-absence-factor', 'OSPS-GV-01'],
  options: z.object({}),

  title: { en: 'Knowledge is shared by several people', ja: '知識を複数人で分かち合う' },
  why: {
    en: 'When the only person who knows the code leaves, nobody can change it safely.',
    ja: 'コードを知るただ1人が去ると、安全に変更できる人がいなくなります。',
  },
  fix: {
    en: 'Let others make and review changes in these parts: pair, rotate, write down the decisions.',
    ja: 'ペア作業や持ち回り、決定の記録を通じて、ほかの人もこの部分を変更・レビューできるようにしてください。',
  },
  messages: {
    one: {
      en: 'If one of {contributors} contributors leaves, more than half of the {files} production files have nobody left who knows them ({parts}).',
      ja: '貢献者{contributors}人のうち1人が去ると、本番ファイル{files}個の過半数を知る人がいなくなります（{parts}）。',
    },
    gone: {
      en: 'Who wrote most of the code has not committed for a year: who knows it now, history does not tell.',
      ja: 'コードの大半を書いた人は1年以上コミットしていません。今詳しい人は履歴からは分かりません。',
    },
    single: {
      en: 'If {factor} of {contributors} contributors leave, more than half of the {files} production files have nobody left who knows them ({parts}).',
      ja: '貢献者{contributors}人のうち{factor}人が去ると、本番ファイル{files}個の過半数を知る人がいなくなります（{parts}）。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          add(ADA, 'src/core/a.ts', 'src/core/b.ts', 'src/core/c.ts', 'src/web/d.ts', 'src/web/e.ts'),
          { message: 'Fix', author: BOB, files: file('src/core/a.ts', 1) },
          { message: 'Fix', author: HANAKO, files: file('src/core/b.ts', 1) },
        ],
      },
      {
        commits: [
          add(HANAKO, 'src/一.ts', 'src/二.ts', 'src/三.ts', 'src/四.ts', 'src/五.ts', 'src/六.ts'),
          { message: '追加', author: BOB, files: file('src/七.ts') },
        ],
      },
    ],
    good: [
      {
        commits: [
          add(ADA, 'src/a.ts', 'src/b.ts'),
          add(BOB, 'src/c.ts', 'src/d.ts'),
          add(HANAKO, 'src/e.ts', 'src/f.ts'),
          add('Chen <chen@example.org>', 'src/g.ts', 'src/h.ts'),
          add('Eve <eve@example.org>', 'src/i.ts', 'src/j.ts'),
        ],
      },
      {
        commits: [
          add(ADA, 'src/a.ts', 'src/b.ts'),
          add(BOB, 'src/c.ts', 'src/d.ts'),
          add(HANAKO, 'src/e.ts', 'src/f.ts'),
          add('李 <li@example.org>', 'src/甲.ts', 'src/乙.ts'),
          add('Eve <eve@example.org>', 'src/i.ts', 'src/j.ts'),
          { message: 'Format', author: 'renovate[bot] <renovate[bot]@example.org>', files: file('src/a.ts', 9) },
        ],
      },
      {
        commits: [
          add(ADA, 'src/a.ts', 'src/b.ts', 'tests/a.test.ts', 'tests/b.test.ts'),
          add(BOB, 'src/c.ts', 'src/d.ts'),
          add(HANAKO, 'src/e.ts', 'src/f.ts'),
          add('Dan <dan@example.org>', 'src/g.ts', 'src/h.ts'),
          add('Eve <eve@example.org>', 'src/i.ts', 'src/j.ts'),
          add(ADA, 'docs/a.md', 'docs/b.md', 'docs/c.md'),
        ],
      },
    ],
  },

  *check({ files, fileHistory, history }) {
    if (history.contributors < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const componentOf = new Map(
      files
        .filter((each) => each.role === 'production' && each.skipped === null)
        .map((each) => [each.path, each.component]),
    );
    const subjects = fileHistory.filter((each) => componentOf.has(each.path));
    if (subjects.length < MIN_FILES) return { outcome: 'not-applicable', reason: 'no-subjects' };

    const { factor, people, orphanedByFirst, files: known } = truckFactor(subjects, isPerson);
    if (factor === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const active = new Set(history.activity.map(({ author }) => author));
    // The project went on without them: changes since then do not make others authors by this measure.
    if (factor < ENOUGH && people.some((person) => !active.has(person))) {
      return { outcome: 'inconclusive', reason: 'gone', metrics: { truck_factor: factor } };
    }
    if (factor < ENOUGH) {
      const byPart = new Map<string, number>();
      for (const path of orphanedByFirst) {
        const part = componentOf.get(path) ?? '.';
        byPart.set(part, (byPart.get(part) ?? 0) + 1);
      }
      const parts = [...byPart]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, LISTED_PARTS)
        .map(([part, count]) => `${part}: ${percent(count, known)} %`)
        .join(', ');
      const severity = factor > 1 ? 'medium' : history.contributors >= 3 ? 'high' : 'low';
      const data = { factor, contributors: history.contributors, files: known, parts };
      yield { messageId: factor === 1 ? 'one' : 'single', data, severity, anchor: 'repository' };
    }
    return { value: factor, population: known, metrics: { truck_factor: factor } };
  },
});

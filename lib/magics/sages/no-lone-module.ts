import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import type { CommitFact } from '../facts/history';
import { isPerson, personReader, writersOf } from './people';

/** A module with fewer changes says nothing about who works on it. */
const MIN_CHANGES = 5;
const MAX_FILES = 50;
const MIN_SHARED = 10;
/** Share of changes from which a person is one of a module's owners. */
const OWNER_SHARE = 0.25;

const ADA = 'Ada <ada@example.org>';
const BOB = 'Bob <bob@example.org>';
const HANAKO = '花子 <hanako@example.org>';
const work = (author: string, path: string, count: number, note = ''): SketchCommit[] =>
  Array.from({ length: count }, (_, step) => ({
    message: `Change ${path} ${step}${note}`,
    author,
    files: { [path]: `export const by = '${author}', step = ${step};\n` },
  }));

interface Module {
  changes: number;
  byPerson: Map<string, number>;
}

function readModules(
  commits: readonly CommitFact[],
  moduleOf: (path: string) => string | null,
): { modules: Map<string, Module>; shared: Map<string, number> } {
  const personOf = personReader(commits);
  const modules = new Map<string, Module>();
  const shared = new Map<string, number>();
  for (const commit of commits) {
    const people = new Set(writersOf(commit).filter(isPerson).map(personOf));
    if (people.size === 0 || commit.files.length > MAX_FILES) continue;
    const touched = [...new Set(commit.files.flatMap(({ path }) => moduleOf(path) ?? []))].sort();
    for (const id of touched) {
      const known = modules.get(id) ?? { changes: 0, byPerson: new Map<string, number>() };
      known.changes += 1;
      for (const person of people) known.byPerson.set(person, (known.byPerson.get(person) ?? 0) + 1);
      modules.set(id, known);
    }
    touched.forEach((a, index) => {
      for (const b of touched.slice(index + 1)) shared.set(`${a}\n${b}`, (shared.get(`${a}\n${b}`) ?? 0) + 1);
    });
  }
  return { modules, shared };
}

export const noLoneModule = defineRule({
  id: 'sages/no-lone-module',
  catalogue: 'SAG-C1',
  group: 'council',
  severity: 'medium',
  confidence: 0.85,
  needs: ['commits', 'files', 'history'],
  limits: { per: 'measure', good: 0.6, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://doi.org/10.1145/1180875.1180929'],
  tags: ['CHAOSS contributor-absence-factor'],
  options: z.object({ minChanges: z.number().int().min(2).default(MIN_CHANGES) }),

  title: { en: 'Modules are worked on together', ja: 'モジュールに複数人が関わる' },
  why: {
    en: 'What one person alone changed for a year has one view in it, and nobody else to ask.',
    ja: '1年間1人だけが変更してきた部分には1人の見方しか入らず、ほかに尋ねられる人もいません。',
  },
  fix: {
    en: 'Plan the next change of these modules for someone else, or for two people together.',
    ja: '次の変更は別の人に任せるか、2人で一緒に行ってください。',
  },
  messages: {
    lone: {
      en: 'All {changes} changes of “{module}” in 12 months came from one person; {share} % of the modules had several.',
      ja: '「{module}」への直近12か月の変更{changes}件は、すべて1人によるものです（複数人が関わったモジュールは{share}%）。',
    },
    apart: {
      en: '“{module}” and “{other}” changed together in {shared} commits but share no main contributor.',
      ja: '「{module}」と「{other}」は{shared}件のコミットで一緒に変更されていますが、共通の主な担当者がいません。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          ...work(ADA, 'src/core/a.ts', 6),
          ...work(BOB, 'src/web/b.ts', 6),
          ...work(BOB, 'src/api/c.ts', 6),
          ...work(ADA, 'src/api/c.ts', 1),
        ],
      },
      {
        commits: [
          ...work(HANAKO, 'src/中核/a.ts', 6),
          ...work(BOB, 'src/画面/b.ts', 6),
          ...work('renovate[bot] <renovate[bot]@example.org>', 'src/画面/b.ts', 2),
        ],
      },
    ],
    good: [
      {
        commits: [
          ...work(ADA, 'src/core/a.ts', 6),
          ...work(BOB, 'src/core/a.ts', 1),
          ...work(BOB, 'src/web/b.ts', 6),
          ...work(HANAKO, 'src/web/b.ts', 1),
          ...work(ADA, 'src/tools/c.ts', 2),
        ],
      },
      {
        commits: [
          ...work(ADA, 'src/core/a.ts', 6, '\n\nCo-authored-by: Bob <bob@example.org>'),
          ...work(BOB, 'src/web/b.ts', 6, '\n\nCo-authored-by: 花子 <hanako@example.org>'),
        ],
      },
      {
        commits: [
          ...work(ADA, 'src/core/a.ts', 6),
          ...work(BOB, 'src/core/a.ts', 3),
          ...work(BOB, 'src/web/b.ts', 6),
          ...work(ADA, 'src/web/b.ts', 3),
          ...work(ADA, 'src/tools/c.ts', 6),
        ],
      },
    ],
  },

  *check({ commits, files, history }, { minChanges }): CheckOutput {
    if (history.contributors < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const moduleByPath = new Map(
      files.filter(({ role }) => role === 'production').map(({ path, component }) => [path, component]),
    );
    const { modules, shared } = readModules(commits, (path) => moduleByPath.get(path) ?? null);
    const everyone = new Set([...modules.values()].flatMap(({ byPerson }) => [...byPerson.keys()]));
    const judged = [...modules].filter(([, each]) => each.changes >= minChanges).sort(([a], [b]) => (a < b ? -1 : 1));
    if (judged.length === 0 || everyone.size < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };

    const lone = judged.filter(([, { byPerson }]) => byPerson.size < 2);
    const share = percent(judged.length - lone.length, judged.length);
    for (const [id, { changes }] of lone) {
      yield { messageId: 'lone', data: { module: id, changes, share }, anchor: `module ${id}` };
    }

    const ownersOf = (id: string): string[] => {
      const { changes, byPerson } = modules.get(id) ?? { changes: 0, byPerson: new Map<string, number>() };
      return [...byPerson].filter(([, count]) => count >= changes * OWNER_SHARE).map(([person]) => person);
    };
    const pairs = [...shared].filter(([, count]) => count >= MIN_SHARED).sort(([a], [b]) => (a < b ? -1 : 1));
    let apart = 0;
    for (const [key, count] of pairs) {
      const [a = '', b = ''] = key.split('\n');
      const owners = new Set(ownersOf(b));
      const mine = ownersOf(a);
      if (mine.length === 0 || owners.size === 0 || mine.some((owner) => owners.has(owner))) continue;
      apart += 1;
      yield {
        messageId: 'apart',
        data: { module: a, other: b, shared: count },
        severity: 'low',
        anchor: `modules ${a} ${b}`,
      };
    }
    return {
      value: (judged.length - lone.length) / judged.length,
      population: judged.length,
      metrics: { shared_modules_percent: share, module_pairs: pairs.length, module_pairs_apart: apart },
    };
  },
});

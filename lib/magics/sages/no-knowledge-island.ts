import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import type { FileHistoryFact } from '../facts/history';
import { isPerson } from './people';

const DAY = 86_400;
const ISLAND_SHARE = 0.8;
/** Smaller parts and fewer changes say nothing about who knows them. */
const MIN_FILES = 3;
const MIN_CHANGES = 10;
/** A part is lost when nobody active made that many of its changes, nor that share of them. */
const KNOWN_CHANGES = 20;
const KNOWN_SHARE = 0.1;

const ADA = 'Ada <ada@example.org>';
const BOB = 'Bob <bob@example.org>';
const HANAKO = '花子 <hanako@example.org>';
const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number)).toISOString();
const work = (author: string, folder: string, times: number, from = 0): SketchCommit[] =>
  Array.from({ length: times }, (_, step) => ({
    message: `Work on ${folder}`,
    author,
    at: day(from + step),
    files: Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [
        `src/${folder}/${name}.ts`,
        `export const by = '${author}', step = ${from + step};\n`,
      ]),
    ),
  }));

interface Part {
  files: number;
  changes: number;
  byPerson: Map<string, number>;
}

function readParts(histories: readonly FileHistoryFact[], componentOf: ReadonlyMap<string, string>): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const { path, authors } of histories) {
    const id = componentOf.get(path);
    if (id === undefined) continue;
    const part = parts.get(id) ?? { files: 0, changes: 0, byPerson: new Map<string, number>() };
    part.files += 1;
    for (const { author, changes } of authors) {
      if (!isPerson(author)) continue;
      part.changes += changes;
      part.byPerson.set(author, (part.byPerson.get(author) ?? 0) + changes);
    }
    parts.set(id, part);
  }
  return parts;
}

/** Is every part an island, and all of one person? Then that is said once. */
function isOneIsland(islands: readonly Part[], parts: readonly Part[]): boolean {
  const tops = new Set(islands.map(({ byPerson }) => topOf(byPerson)[0]));
  return tops.size === 1 && islands.length > 1 && islands.length === parts.length;
}

function topOf(byPerson: ReadonlyMap<string, number>): [person: string, changes: number] {
  return [...byPerson].reduce((best, each) => (each[1] > best[1] ? each : best), ['', 0]);
}

export const noKnowledgeIsland = defineRule({
  id: 'sages/no-knowledge-island',
  catalogue: 'SAG-K6',
  group: 'knowledge',
  severity: 'medium',
  confidence: 0.85,
  needs: ['files', 'fileHistory', 'history'],
  limits: { per: 'measure', good: 0.2, bad: 0.6, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'large',
  references: [
    'https://chaoss.community/kb/metric-contributor-absence-factor/',
    'https://doi.org/10.1109/ICPC.2016.7503718',
  ],
  tags: ['CHAOSS contributor-absence-factor', 'ISO27001 A.5.37'],
  options: z.object({ inactiveDays: z.number().int().min(30).max(365).default(180) }),

  title: {
    en: 'No part of the code is known to one person or to nobody',
    ja: '1人しか知らない部分や誰も知らない部分をつくらない',
  },
  why: {
    en: 'A part that one person wrote stands still when they are away; a part whose authors left is changed by guessing.',
    ja: '1人で書かれた部分はその人の不在で止まり、作者が去った部分は手探りで変更することになります。',
  },
  fix: {
    en: 'Give the next change of these parts to someone else; where the authors left, name an owner and write down what is known.',
    ja: '次の変更は別の人に任せてください。作者が去った部分は担当者を決め、わかっていることを書き残してください。',
  },
  messages: {
    island: {
      en: 'One person made {share} % of the {changes} changes in “{part}” ({files} {files|file|files}).',
      ja: '「{part}」（{files}ファイル）への変更{changes}件のうち、{share}%を1人が行っています。',
    },
    whole: {
      en: 'One person made {share} % of the changes, and most of them in each of the {parts} parts of the code.',
      ja: '変更の{share}%を1人が行い、コードの{parts}部分のどれもその人が大半を書いています。',
    },
    lost: {
      en: 'Nobody who committed within {days} days made more than a few of the {changes} changes in “{part}” ({files} {files|file|files}).',
      ja: '「{part}」（{files}ファイル）への変更{changes}件のうち、直近{days}日間にコミットした人によるものはごくわずかです。',
    },
  },
  examples: {
    bad: [
      { commits: [...work(ADA, 'core', 5), ...work(BOB, 'web', 5, 5)] },
      { commits: [...work(ADA, 'core', 5), ...work(ADA, 'web', 5, 5), ...work(BOB, 'web', 1, 11)] },
      {
        commits: [
          ...work(HANAKO, '中核', 4),
          ...work(BOB, '中核', 2, 4),
          ...work(ADA, '画面', 4, 250),
          ...work('Chen <chen@example.org>', '画面', 4, 260),
        ],
      },
    ],
    good: [
      {
        commits: [
          ...work(ADA, 'core', 3),
          ...work(BOB, 'core', 3, 3),
          ...work(BOB, 'web', 3, 6),
          ...work(HANAKO, 'web', 3, 9),
        ],
      },
      {
        commits: [
          ...work(ADA, 'core', 3),
          ...work(BOB, 'core', 3, 3),
          ...work('renovate[bot] <renovate[bot]@example.org>', 'core', 20, 6),
          ...work(ADA, 'tiny', 1, 30),
        ],
      },
      {
        commits: [
          ...work(ADA, 'core', 3),
          ...work(BOB, 'core', 3, 3),
          ...work(HANAKO, 'core', 3, 300),
          { message: 'Note', author: BOB, at: day(310), files: { 'notes.md': '# Notes\n' } },
        ],
      },
    ],
  },

  *check({ files, fileHistory, history, now }, { inactiveDays }): CheckOutput {
    if (history.contributors < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const active = new Set(
      history.activity.filter(({ at }) => at >= now - inactiveDays * DAY).map(({ author }) => author),
    );
    const componentOf = new Map(
      files
        .filter(({ role, skipped }) => role === 'production' && skipped === null)
        .map((file) => [file.path, file.component]),
    );
    const parts = [...readParts(fileHistory, componentOf)]
      .filter(([, { files: count, changes }]) => count >= MIN_FILES && changes >= MIN_CHANGES)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const filesOf = (some: typeof parts) => some.reduce((sum, [, part]) => sum + part.files, 0);

    const isLost = ({ byPerson, changes }: Part) => {
      const most = Math.max(0, ...[...byPerson].map(([person, count]) => (active.has(person) ? count : 0)));
      return most < KNOWN_CHANGES && most < changes * KNOWN_SHARE;
    };
    const lost = parts.filter(([, part]) => isLost(part));
    const islands = parts.filter(([, part]) => !isLost(part) && topOf(part.byPerson)[1] > part.changes * ISLAND_SHARE);
    for (const [part, { files: count, changes }] of lost) {
      yield { messageId: 'lost', data: { part, changes, files: count, days: inactiveDays }, anchor: `lost ${part}` };
    }
    const islandParts = islands.map(([, part]) => part);
    if (
      isOneIsland(
        islandParts,
        parts.map(([, part]) => part),
      )
    ) {
      const changes = islandParts.reduce((sum, part) => sum + part.changes, 0);
      const own = islandParts.reduce((sum, part) => sum + topOf(part.byPerson)[1], 0);
      yield { messageId: 'whole', data: { share: percent(own, changes), parts: parts.length }, anchor: 'whole' };
    } else {
      for (const [part, { files: count, changes, byPerson }] of islands) {
        const data = { part, share: percent(topOf(byPerson)[1], changes), changes, files: count };
        yield { messageId: 'island', data, anchor: `island ${part}` };
      }
    }
    const total = filesOf(parts);
    const atRisk = filesOf(lost) + filesOf(islands);
    return {
      value: atRisk / total,
      population: total,
      metrics: { knowledge_at_risk_percent: percent(atRisk, total), knowledge_lost_files: filesOf(lost) },
    };
  },
});

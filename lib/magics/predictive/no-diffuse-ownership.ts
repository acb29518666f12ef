import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples, type Sketch } from '../define';
import type { FileHistoryFact } from '../facts/history';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { historyOf, source } from './sketches';

/** With fewer changes nobody can own less than a twentieth of them. */
const MIN_CHANGES = 20;
const MINOR = 0.05;

interface Ownership {
  /** Share of the changes made by who made most, 0–1. */
  top: number;
  /** People who made less than a twentieth of the changes. */
  minor: number;
  authors: number;
}

function ownershipOf({ authors }: Pick<FileHistoryFact, 'authors'>): Ownership | null {
  const all = authors.reduce((sum, { changes }) => sum + changes, 0);
  if (all < MIN_CHANGES) return null;
  const shares = authors.map(({ changes }) => changes / all);
  return {
    top: Math.max(...shares),
    minor: shares.filter((share) => share < MINOR).length,
    authors: authors.length,
  };
}

/** The same history, its changes made by so many people in turn. */
function by(people: number, { commits = [] }: Sketch): Sketch {
  return {
    commits: commits.map((commit, index) => ({
      ...commit,
      author: `Person ${index % people} <person${index % people}@example.com>`,
    })),
  };
}

export const noDiffuseOwnership = defineRule({
  id: 'predictive/no-diffuse-ownership',
  catalogue: 'PRD-05',
  group: 'ownership',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits', 'fileHistory'],
  limits: { per: 'measure', good: 0.2, bad: 0.8, range: [0, 1] },
  effort: 'moderate',
  references: ['https://doi.org/10.1145/2025113.2025119'],
  tags: [],
  options: z.object({
    minTopShare: z.number().min(0).max(1).default(0.3),
    maxMinor: z.number().int().min(1).max(100).default(3),
  }),

  title: { en: 'Risky files have somebody who knows them', ja: 'リスクの高いファイルに、よく知る人がいる' },
  why: {
    en: 'Files changed by many people a little, and by nobody much, have more defects: nobody sees the whole.',
    ja: '大勢が少しずつ変え、深く知る人のいないファイルは、全体を見る人がいないため不具合が増えます。',
  },
  fix: {
    en: 'Name an owner and let the owner review every change of it.',
    ja: '担当者を決め、変更のたびにその人がレビューしてください。',
  },
  messages: {
    diffuse: {
      en: '{authors} people changed it; nobody made more than {top} % of the changes, and {minor} made under 5 %.',
      ja: '{authors}人が変更していますが、最も多い人でも全体の{top}%で、5%未満の人が{minor}人います。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      by(27, historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) })),
      by(31, historyOf({ hot: ['src/税.ts'], content: (step) => source(20, step) })),
    ],
    good: [
      by(1, historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) })),
      by(4, historyOf({ hot: ['src/税.ts', 'src/b.ts'], content: (step) => source(20, step) })),
      by(
        54,
        historyOf({
          hot: ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts'],
          content: (step) => source(20, step),
          cold: 20,
        }),
      ),
    ],
  }),

  *check({ files, functions, commits, fileHistory, now }, { minTopShare, maxMinor }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const histories = new Map(fileHistory.map((file) => [file.path, file]));
    let judged = 0;
    let diffuse = 0;
    let topShares = 0;
    for (const { path } of made.top) {
      const history = histories.get(path);
      const ownership = history ? ownershipOf(history) : null;
      if (!ownership) continue;
      judged += 1;
      topShares += ownership.top;
      if (ownership.top >= minTopShare || ownership.minor < maxMinor) continue;
      diffuse += 1;
      const data = { authors: ownership.authors, top: Math.round(ownership.top * 100), minor: ownership.minor };
      yield { messageId: 'diffuse', data, location: { path, line: 1 }, anchor: 'diffuse' };
    }
    if (judged === 0) return { value: 0 };
    return { value: diffuse / judged, metrics: { diffuse_files: diffuse, mean_top_owner_share: topShares / judged } };
  },
});

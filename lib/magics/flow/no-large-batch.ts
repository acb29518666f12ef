import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { isRevert, MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule, type Examples } from '../define';
import type { FileRole } from '../facts/code';
import type { ProviderFact } from '../facts/provider';
import { changes, hostSays, lines, pullRequest } from '../sketches';
import { type Change, changesOf } from './mainline';
import { median, quantile } from './statistics';

/** What people write and others must read. */
const WRITTEN: ReadonlySet<FileRole> = new Set<FileRole>(['production', 'test', 'configuration', 'documentation']);
const OLD_DAYS = 14;
const DAY = 86_400;
const MIN_REQUESTS = 10;
/** Up to here a reader still takes a change in at one sitting. */
const LARGE = 200;

function linesOf({ parts }: Change): number {
  const files = parts.flatMap((part) => part.files).filter(({ path }) => WRITTEN.has(classifyPath(path)));
  return files.reduce((sum, { added, deleted }) => sum + (added ?? 0) + (deleted ?? 0), 0);
}

/** Days from opening to merging of requests by people, nine of ten below. */
function requestAge({ pullRequests }: ProviderFact): number | null {
  const ages = pullRequests.flatMap(({ isBot, openedAt, mergedAt }) =>
    isBot || mergedAt === null ? [] : [(mergedAt - openedAt) / DAY],
  );
  return ages.length < MIN_REQUESTS ? null : quantile(ages, 0.9);
}

export const noLargeBatch = defineRule({
  id: 'flow/no-large-batch',
  catalogue: 'FLW-16',
  group: 'release',
  severity: 'medium',
  confidence: 0.9,
  needs: ['commits'],
  uses: ['provider'],
  limits: { per: 'measure', good: 50, bad: 400 },
  effort: 'moderate',
  references: ['https://dora.dev/capabilities/working-in-small-batches/'],
  readsLimits: 'side',
  options: z.object({}),

  title: { en: 'Changes are small', ja: '変更を小さく分ける' },
  why: {
    en: 'Large changes are reviewed worse, wait longer and are harder to take back.',
    ja: '大きな変更は確認が行き届かず、取り込みも遅れ、元に戻すのも難しくなります。',
  },
  fix: {
    en: 'Split work into changes that stand on their own and merge each within days.',
    ja: 'それだけで意味を持つ変更に分け、数日のうちに取り込んでください。',
  },
  messages: {
    size: {
      en: 'Half of the {count} merged changes have {lines} changed lines or more.',
      ja: '取り込まれた変更{count}件の半数が{lines}行以上です。',
    },
    age: {
      en: 'One request in ten waits {days} {days|day|days} or longer until it is merged.',
      ja: 'プルリクエストの10件に1件は、取り込みまで{days}日以上かかっています。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        commits: [
          ...changes('Start'),
          { message: 'Rewrite all', files: { 'src/a.ts': lines(400), 'src/b.ts': lines(300) } },
        ],
      },
      {
        commits: [
          ...changes('Start'),
          { message: 'Read', files: { 'app/read.py': lines(500, 'value') } },
          { message: '書き込みを追加', files: { 'app/write.py': lines(600, 'other') } },
          { message: "Merge branch 'io'", merges: 2, parent: 0 },
        ],
      },
      {
        commits: changes('Start', 'Add a parser'),
        provider: hostSays({
          pullRequests: Array.from({ length: 10 }, (_, at) => pullRequest(at + 1, { mergedAt: 1_709_000_000 })),
        }),
      },
    ],
    good: [
      { commits: changes('Start', 'Add a parser', '日付を読む') },
      {
        commits: [
          ...changes('Start', 'Add a parser'),
          {
            message: 'Update snapshots and locks',
            files: { 'package-lock.json': lines(2000), 'vendor/lib/a.js': lines(2000), 'src/b.ts': 'b\n' },
          },
          { message: 'Add a table', files: { 'src/step.ts': lines(150) } },
        ],
      },
      {
        commits: [
          { message: 'Import', files: { 'src/a.go': lines(3000, 'var a') } },
          { message: 'Read dates', files: { 'src/b.go': lines(30, 'var b') } },
          { message: 'Read numbers', files: { 'src/c.go': lines(900, 'var c') } },
          { message: 'Read names', files: { 'src/d.go': lines(30, 'var d') } },
        ],
        provider: hostSays({ pullRequests: Array.from({ length: 12 }, (_, at) => pullRequest(at + 1)) }),
      },
    ],
  }),

  *check({ commits, provider }, _, { limits }): CheckOutput {
    const sizes = changesOf(commits)
      .filter(({ commit }) => !isRevert(commit))
      .map((change) => ({ id: change.commit.id, lines: linesOf(change) }))
      .filter(({ lines: changed }) => changed > 0);
    const middle = median(sizes.map((size) => size.lines));
    const days = provider ? requestAge(provider) : null;
    if (middle !== null && limits !== null && middle > limits.good) {
      yield {
        messageId: 'size',
        data: { count: sizes.length, lines: Math.round(middle) },
        commits: sizes
          .filter((size) => size.lines >= middle)
          .slice(0, MAX_LISTED_COMMITS)
          .map(({ id }) => id),
        severity: middle > LARGE ? 'medium' : 'low',
        anchor: 'size',
      };
    }
    if (days !== null && days > OLD_DAYS) {
      yield { messageId: 'age', data: { days: Math.round(days) }, severity: 'low', anchor: 'age' };
    }
    return {
      value: middle ?? Number.NaN,
      population: sizes.length,
      metrics: {
        ...(middle === null ? {} : { change_size_median_lines: Math.round(middle) }),
        ...(days === null ? {} : { request_age_p90_days: Math.round(days * 10) / 10 }),
      },
    };
  },
});

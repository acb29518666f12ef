import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { changes } from '../sketches';
import { deliveriesOf } from './delivery';
import { median, quantile } from './statistics';

const SLOW_DAYS = 180;
const FAILING_SHARE = 0.4;
const MIN_RELEASES = 4;
const HOUR = 3600;

/** Points of 0 to 1 between the fast and the slow end of a scale that grows by factors. */
function share(value: number, good: number, bad: number): number {
  if (value <= good) return 1;
  return Math.max(0, 1 - Math.log(value / good) / Math.log(bad / good));
}

const at = (day: number, message: string) => ({
  message,
  files: { 'src/a.ts': `export const a = ${day};\n` },
  at: new Date(Date.UTC(2024, 0, 1 + day)).toISOString(),
});

export const hasSteadyDelivery = defineRule({
  id: 'flow/has-steady-delivery',
  catalogue: 'FLW-15',
  group: 'release',
  severity: 'info',
  confidence: 0.7,
  weight: 0.25,
  needs: ['tags', 'commits'],
  limits: { per: 'measure', good: 0.8, bad: 0, range: [0, 1] },
  effort: 'large',
  references: ['https://dora.dev/guides/dora-metrics-four-keys/'],
  options: z.object({}),

  title: { en: 'Releases are frequent and hold', ja: '安定した間隔でリリースする' },
  why: {
    en: 'Work that waits for a release helps nobody, and a release that must be mended at once helps little.',
    ja: 'リリースを待つ変更は誰の役にも立たず、直後に修正が要るリリースは利用者を困らせます。',
  },
  fix: {
    en: 'Release in smaller steps and let the pipeline find what patch releases mended so far.',
    ja: '小さな単位でリリースし、修正リリースで直してきた問題を事前の検査で見つけてください。',
  },
  messages: {
    slow: {
      en: 'Half of the changes wait {days} {days|day|days} or longer for the release that brings them.',
      ja: '変更の半数は、リリースされるまでに{days}日以上かかっています。',
    },
    failing: {
      en: '{share} % of {count} releases were followed by a repair within a week.',
      ja: '{count}回のリリースのうち{share}%で、1週間以内に修正リリースが出ています。',
    },
  },
  examples: {
    bad: [
      {
        commits: [at(0, 'Start'), at(10, 'feat: a'), at(20, 'feat: b'), at(350, 'chore: release')],
        tags: [
          { name: 'v1.0.0', commit: 0 },
          { name: 'v1.1.0', commit: 3 },
        ],
      },
      {
        commits: [
          at(0, 'Start'),
          at(10, 'feat: a'),
          at(11, 'fix: crash'),
          at(12, 'fix: 合計がずれる'),
          at(30, 'feat: c'),
        ],
        tags: [
          { name: 'v1.0.0', commit: 0 },
          { name: 'v1.1.0', commit: 1 },
          { name: 'v1.1.1', commit: 2 },
          { name: 'v1.1.2', commit: 3 },
        ],
      },
    ],
    good: [
      {
        commits: [at(0, 'Start'), at(10, 'feat: a'), at(20, 'feat: b')],
        tags: [
          { name: 'v1.0.0', commit: 0 },
          { name: 'v1.1.0', commit: 1 },
          { name: 'v1.2.0', commit: 2 },
        ],
      },
      {
        commits: changes('Start', 'fix: a', 'feat: 日付'),
        tags: [
          { name: 'core-1.0.0', commit: 0 },
          { name: 'core-1.0.1', commit: 1 },
          { name: 'core-1.1.0', commit: 2 },
        ],
      },
      {
        commits: [at(0, 'Start'), at(10, 'feat: a'), at(60, 'fix: crash'), at(100, 'feat: b'), at(140, 'feat: c')],
        tags: [
          { name: '1.0.0', commit: 0 },
          { name: '1.1.0', commit: 1 },
          { name: '1.1.1', commit: 2 },
          { name: '1.2.0', commit: 3 },
          { name: '1.3.0', commit: 4 },
        ],
      },
    ],
  },

  *check({ tags, commits }): CheckOutput {
    const { deliveries, perMonth } = deliveriesOf(tags, commits);
    if (deliveries.length < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const waits = deliveries.flatMap(({ leadDays }) => leadDays);
    const middle = median(waits);
    const late = quantile(waits, 0.9);
    const repairs = deliveries.flatMap(({ repairedAfter }) => (repairedAfter === null ? [] : [repairedAfter]));
    const failing = repairs.length / deliveries.length;
    const recovery = median(repairs);
    const rework = deliveries.filter(({ isRepair }) => isRepair).length / deliveries.length;

    if (middle !== null && middle > SLOW_DAYS) {
      yield { messageId: 'slow', data: { days: Math.round(middle) }, anchor: 'slow' };
    }
    if (deliveries.length >= MIN_RELEASES && failing > FAILING_SHARE) {
      const data = { share: percent(repairs.length, deliveries.length), count: deliveries.length };
      yield { messageId: 'failing', data, anchor: 'failing' };
    }
    const parts = [
      share(1 / Math.max(perMonth, 0.01), 1, 12),
      middle === null ? 1 : share(middle, 7, 365),
      1 - failing,
    ];
    return {
      value: parts.reduce((sum, part) => sum + part, 0) / parts.length,
      population: waits.length,
      metrics: {
        deploys_per_month: Math.round(perMonth * 100) / 100,
        ...(middle === null ? {} : { lead_time_median_days: Math.round(middle * 10) / 10 }),
        ...(late === null ? {} : { lead_time_p90_days: Math.round(late * 10) / 10 }),
        change_fail_percent: percent(repairs.length, deliveries.length),
        ...(recovery === null ? {} : { recovery_median_hours: Math.round(recovery / HOUR) }),
        rework_percent: Math.round(rework * 100),
      },
    };
  },
});

import * as z from 'zod';
import { MAX_LISTED_COMMITS, percent } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import { repairTime } from './repair-time';
import { fixesOf, repeatedFixes } from './repeated-fixes';

/** Median age of a defect, from which finding them late is worth a word. */
const SLOW_DAYS = 120;
const MIN_FIXES = 10;

const code = (step: number, path = 'src/dates.ts') => ({ [path]: `export const step = ${step};\n` });
const history = (...messages: string[]): SketchCommit[] =>
  messages.map((message, step) => ({ message, files: code(step) }));

export const noRepeatedFix = defineRule({
  id: 'sages/no-repeated-fix',
  catalogue: 'SAG-I5',
  group: 'incident',
  severity: 'medium',
  confidence: 0.85,
  needs: ['commits', 'history'],
  limits: { per: 'measure', good: 0.05, bad: 0.25, range: [0, 1] },
  effort: 'moderate',
  references: ['https://doi.org/10.1145/1083142.1083147', 'https://dora.dev/guides/dora-metrics-four-keys/'],
  tags: ['ISO27001 A.5.27', 'SSDF RV.3', 'CWE-1053'],
  readsLimits: 'side',
  options: z.object({}),

  title: { en: 'A defect is fixed once', ja: '不具合を一度で直す' },
  why: {
    en: 'A fix that needs another fix within a week was not understood or not tested, and users met the defect twice.',
    ja: '1週間以内に再修正が必要になる修正は、原因の理解かテストが足りず、利用者は同じ不具合に二度遭います。',
  },
  fix: {
    en: 'Write the test that fails first, find the cause, and look for the same mistake in the code around it.',
    ja: 'まず失敗するテストを書き、原因を突き止め、周りに同じ誤りがないかも確かめてください。',
  },
  messages: {
    repeated: {
      en: 'This fix of “{path}” mends or takes back a fix made {days} day(s) before.',
      ja: '「{path}」のこの修正は、{days}日前の修正をやり直しているか、取り消しています。',
    },
    slow: {
      en: 'Half of {fixes} defects lay in the code for at least {days} days before they were fixed.',
      ja: '直された不具合{fixes}件のうち半数は、少なくとも{days}日間コードの中にありました。',
    },
  },
  examples: {
    bad: [
      { commits: history('Start', 'fix: dates in leap years', 'fix: dates in leap years, again') },
      { commits: history('開始', '閏年の日付を修正', 'Fix zones east of Greenwich', 'Fix the fix of zones') },
      { commits: history('Start', 'fix: keep zones', 'Revert "fix: keep zones"') },
      { commits: history('Start', 'Fix crash in zone parser', 'Fix crash in zone parser without minutes') },
    ],
    good: [
      { commits: history('Start', 'fix: dates in leap years', 'fix: months without a name') },
      {
        commits: history(
          'Start',
          'Fix `views.clear_events` to save only changed fields',
          'Fix `views.update_timeout` to save only changed fields',
        ),
      },
      {
        commits: [
          { message: 'Start', files: code(0) },
          { message: 'fix: dates in leap years', files: code(1) },
          { message: 'fix: dates in leap years, again', at: '2024-03-01T00:00:00Z', files: code(2) },
          { message: 'fix: zones of islands', files: code(3, 'src/a.ts') },
          { message: 'fix: zones of islands again', files: code(3, 'src/b.ts') },
        ],
      },
      {
        commits: [
          { message: 'Start', files: code(0) },
          { message: 'fix: dates in leap years', files: code(1) },
          { message: 'fix: dates in leap years of calendars', files: code(2) },
          { message: 'Note', parent: 0, files: { 'notes.md': 'a\n' } },
          { message: "Merge branch 'dates'", parent: 3, merges: 2 },
        ],
      },
      {
        commits: history(
          'Start',
          'fix: typo in 日付',
          'fix: typo in 日付 again',
          'fix: months',
          'docs: fix months again',
        ),
      },
    ],
  },

  *check({ commits, history: { windowStart } }, _options, { limits }): CheckOutput {
    const fixes = fixesOf(commits);
    if (fixes.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const repeated = repeatedFixes(commits);
    const share = repeated.length / fixes.length;
    if (limits === null || share > limits.good) {
      for (const { first, second, path, days } of repeated.slice(0, MAX_LISTED_COMMITS)) {
        yield {
          messageId: 'repeated',
          data: { path, days },
          commits: [second.id, first.id],
          evidence: second.subject,
          anchor: second.id,
        };
      }
    }
    const repair = repairTime(commits, windowStart);
    if (repair && repair.fixes >= MIN_FIXES && repair.medianDays > SLOW_DAYS) {
      const data = { days: repair.medianDays, fixes: repair.fixes };
      yield { messageId: 'slow', data, severity: 'low', anchor: 'slow' };
    }
    return {
      value: share,
      population: fixes.length,
      metrics: {
        repeated_fixes_percent: percent(repeated.length, fixes.length),
        ...(repair ? { repair_days_at_least: repair.medianDays } : {}),
      },
    };
  },
});

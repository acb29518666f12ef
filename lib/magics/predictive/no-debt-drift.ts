import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import type { FileRevisionFact } from '../facts/history';
import { compareText } from '../hash';
import { revisionsByPath } from './complexity-trend';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { historyOf, source } from './sketches';

const MONTH = 30 * 86_400;
const MONTHS = 3;

interface Drift {
  /** Notes added less notes removed, by months back. */
  months: number[];
  byPath: Map<string, number>;
}

/** Between the revisions that were read: what older ones did to a file is not known. */
function driftOf(rows: readonly FileRevisionFact[], now: number): Drift {
  const months = Array.from({ length: MONTHS }, () => 0);
  const byPath = new Map<string, number>();
  for (const [path, revisions] of revisionsByPath(rows)) {
    revisions.forEach((revision, index) => {
      const before = revisions[index - 1];
      const month = Math.floor((now - revision.at) / MONTH);
      if (!before || month < 0 || month >= MONTHS) return;
      const net = revision.markers - before.markers;
      months[month] = (months[month] ?? 0) + net;
      byPath.set(path, (byPath.get(path) ?? 0) + net);
    });
  }
  return { months, byPath };
}

const notes = (count: number) => Array.from({ length: count }, (_, index) => `// TODO: case ${index}\n`).join('');
const noted = (step: number, count: number) => source(20, step) + notes(count);

export const noDebtDrift = defineRule({
  id: 'predictive/no-debt-drift',
  catalogue: 'PRD-09',
  group: 'debt',
  severity: 'medium',
  confidence: 0.85,
  needs: ['files', 'functions', 'commits', 'fileRevisions'],
  limits: { per: 'measure', good: 0, bad: 5 },
  effort: 'moderate',
  references: ['https://doi.org/10.1109/ICSME.2014.31', 'https://doi.org/10.1145/2901739.2901742'],
  tags: ['CWE-546'],
  options: z.object({}),

  title: { en: 'Notes of unfinished work do not pile up', ja: '未完の覚え書きを溜め込まない' },
  why: {
    en: 'Debt that grows month after month in the code which changes most is paid with every change there.',
    ja: '最もよく変わるコードで毎月増え続ける負債は、変更のたびに支払うことになります。',
  },
  fix: {
    en: 'Settle one old note with each change, or move it to the tracker and take it out.',
    ja: '変更のたびに古い覚え書きを1つ片付けるか、課題管理へ移して消してください。',
  },
  messages: {
    drift: {
      en: 'In each of the last 3 months more notes of unfinished work came than went in the files that change most: {count} more in all, {own} of them here.',
      ja: '最もよく変わるファイルで、直近3か月のどの月も未完の覚え書きが増えています（合計{count}件、このファイルで{own}件）。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts', 'src/warm.ts'], content: (step) => noted(step, Math.floor(step / 3)) }),
      historyOf({
        hot: ['src/税.ts', 'src/b.ts'],
        content: (step, path) => noted(step, path === 'src/b.ts' ? 3 : Math.floor(step / 4)),
      }),
    ],
    good: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({ hot: ['src/hot.ts'], content: (step) => noted(step, Math.max(0, 60 - step)) }),
      historyOf({ hot: ['src/税.ts'], content: (step) => noted(step, 5 + (step >= 50 ? 1 : 0)) }),
    ],
  }),

  *check({ files, functions, commits, fileRevisions, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const { months, byPath } = driftOf(fileRevisions, now);
    const net = months.reduce((sum, count) => sum + count, 0);
    const [worst] = [...byPath].sort(([a, x], [b, y]) => y - x || compareText(a, b));
    if (worst && months.every((count) => count > 0)) {
      const [path, own] = worst;
      yield { messageId: 'drift', data: { count: net, own }, location: { path, line: 1 }, anchor: 'drift' };
    }
    return { value: Math.max(0, net / MONTHS), metrics: { net_markers_per_month: net / MONTHS } };
  },
});

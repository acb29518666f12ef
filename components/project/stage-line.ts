import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { AuditProgress } from '@/lib/schemas/audits';

type StageProgress = AuditProgress['stages'][number];

/** "6 of 6 shards · 2.1 s": what a stage counted, and how long it took once it is over. */
export function stageLine(stage: StageProgress, t: Messages, format: Format): string {
  const count = stage.status === 'waiting' ? null : countOf(stage, t, format);
  const { startedAt, endedAt } = stage;
  const took = startedAt && endedAt ? format.duration(Date.parse(endedAt) - Date.parse(startedAt)) : null;
  return [count, took].filter(Boolean).join(' · ');
}

function countOf({ stage, counts, done, total }: StageProgress, t: Messages, format: Format): string | null {
  const words = t.project.running;
  if (stage === 'judge') return words.magics(done, total);
  if (stage === 'collect' && total > 1) return words.shards(format.number(done), format.number(total));
  if (stage === 'settle') return null;
  const [count, all, say] =
    stage === 'history'
      ? [counts.commits, counts.commitsTotal, words.commits]
      : [counts.files, counts.filesTotal, words.files];
  if (count === undefined) return null;
  const isUnderWay = all !== undefined && count < all;
  return say(isUnderWay ? words.part(format.number(count), format.number(all)) : format.number(count));
}

/** The sentence for a screen reader: it changes with stages and magics, never with a clock. */
export function announcement({ stages, magicsDone, magicsTotal }: AuditProgress, t: Messages): string {
  const current = stages.findLast(({ status }) => status === 'running');
  if (!current) return '';
  if (current.stage === 'judge' && magicsDone > 0) return t.project.running.announceJudged(magicsDone, magicsTotal);
  return t.project.running.announce(t.project.running.stage[current.stage]);
}

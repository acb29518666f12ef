import { jobErrorText } from '@/components/project/card-words';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { AuditJobView } from '@/lib/schemas/audits';

const QUIET = new Set(['filesTotal', 'commitsTotal']);

/** "Judge, TDD Guardian" is stage and name; this is the name. */
export function jobName({ stage, key }: AuditJobView, t: Messages): string {
  const magic = MAGIC_IDS.find((id) => id === key);
  if (magic) return t.common.magics[magic];
  return stage === 'collect' && key !== '' ? t.audit.jobs.shard(String(Number(key) + 1)) : t.audit.jobs.whole;
}

/** "1,214 files · 6 MB": what a job counted. */
export function jobCounts({ counts }: AuditJobView, t: Messages, format: Format): string {
  return Object.entries(counts)
    .filter(([name]) => !QUIET.has(name))
    .map(([name, count]) =>
      name === 'bytes' ? format.bytes(count) : `${format.number(count)} ${textOf(t.audit.counts, name) ?? name}`,
    )
    .join(' · ');
}

export interface JobTimes {
  waitedMs: number;
  /** Null while it has not begun. */
  ranMs: number | null;
  /** Since the audit's first job was queued; null while it has not begun. */
  startMs: number | null;
}

export function jobTimes(
  { queuedAt, startedAt, endedAt, status }: AuditJobView,
  origin: number,
  now: number,
): JobTimes {
  const queued = Date.parse(queuedAt);
  const isOver = status !== 'waiting' && status !== 'running';
  const end = endedAt ? Date.parse(endedAt) : isOver ? queued : now;
  if (!startedAt) return { waitedMs: Math.max(0, end - queued), ranMs: null, startMs: null };
  const started = Date.parse(startedAt);
  return { waitedMs: Math.max(0, started - queued), ranMs: Math.max(0, end - started), startMs: started - origin };
}

export function jobError({ errorCode }: AuditJobView, t: Messages): string | null {
  return errorCode ? jobErrorText(errorCode, t) : null;
}

/** Said only of a job that did not work at once. */
export function jobRetries({ tries }: AuditJobView, t: Messages, format: Format): string | null {
  return tries > 1 ? t.audit.jobs.retried(format.number(tries)) : null;
}

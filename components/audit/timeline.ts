import type { AuditJobView } from '@/lib/schemas/audits';

export interface TimelineBar {
  job: AuditJobView;
  /** Share of the whole width, 0–100: when it was queued, began and ended. */
  queuedAt: number;
  startedAt: number | null;
  endedAt: number;
}

export interface TimelineLane {
  /** Null: jobs that no worker has taken yet. */
  worker: string | null;
  /** A worker runs several jobs at a time: bars of one row never overlap. */
  rows: TimelineBar[][];
}

export interface Timeline {
  lanes: TimelineLane[];
  /** Milliseconds from the first job's queueing to the end, or to now. */
  spanMs: number;
}

/** Jobs as bars in a lane for each worker. `now` ends what still runs. */
export function buildTimeline(jobs: readonly AuditJobView[], now: number): Timeline {
  const times = jobs.map((job) => ({
    job,
    queued: Date.parse(job.queuedAt),
    started: job.startedAt ? Date.parse(job.startedAt) : null,
    ended: job.endedAt ? Date.parse(job.endedAt) : null,
  }));
  const isLive = times.some(({ job }) => job.status === 'running' || job.status === 'waiting');
  const origin = Math.min(...times.map(({ queued }) => queued));
  const last = Math.max(...times.map(({ started, queued, ended }) => ended ?? started ?? queued));
  const end = isLive ? Math.max(now, last) : last;
  const spanMs = times.length === 0 ? 0 : Math.max(1, end - origin);
  const place = (time: number) => (Math.min(Math.max(time, origin), end) - origin) / (spanMs / 100);

  const lanes = new Map<string | null, TimelineBar[]>();
  for (const { job, queued, started, ended } of times) {
    const isOver = job.status !== 'running' && job.status !== 'waiting';
    const bar = {
      job,
      queuedAt: place(queued),
      startedAt: started === null ? null : place(started),
      endedAt: place(ended ?? (isOver ? (started ?? queued) : end)),
    };
    const worker = started === null ? null : job.worker;
    lanes.set(worker, [...(lanes.get(worker) ?? []), bar]);
  }
  const named = [...lanes].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return { lanes: named.map(([worker, bars]) => ({ worker, rows: pack(bars) })), spanMs };
}

/** Each bar goes to the first row that is free when it begins to run. */
function pack(bars: readonly TimelineBar[]): TimelineBar[][] {
  const rows: TimelineBar[][] = [];
  const beginOf = ({ startedAt, queuedAt }: TimelineBar) => startedAt ?? queuedAt;
  for (const bar of [...bars].sort((a, b) => beginOf(a) - beginOf(b))) {
    const free = rows.find((row) => (row.at(-1)?.endedAt ?? 0) <= beginOf(bar));
    // The wait is drawn where the row is empty, so that it never covers another job.
    if (free) free.push({ ...bar, queuedAt: Math.max(bar.queuedAt, free.at(-1)?.endedAt ?? 0) });
    else rows.push([bar]);
  }
  return rows;
}

const STEPS_MS = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
];
const MOST_TICKS = 8;

/** Round moments along the span, in milliseconds from its beginning. */
export function timelineTicks(spanMs: number): number[] {
  const step = STEPS_MS.find((one) => spanMs / one <= MOST_TICKS) ?? spanMs / MOST_TICKS;
  const count = Math.floor(spanMs / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

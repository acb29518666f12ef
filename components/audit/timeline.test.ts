import { expect, test } from 'vitest';
import type { AuditJobView } from '@/lib/schemas/audits';
import { buildTimeline, timelineTicks } from './timeline';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23) + seconds * 1000).toISOString();
const NOW = Date.parse(at(100));

function job(part: Partial<AuditJobView>): AuditJobView {
  return {
    stage: 'judge',
    key: 'tdd',
    status: 'done',
    worker: 'worker-1',
    tries: 1,
    counts: {},
    errorCode: null,
    queuedAt: at(0),
    startedAt: at(2),
    endedAt: at(10),
    ...part,
  };
}

test('waiting and running time are shares of the whole span', () => {
  const { lanes, spanMs } = buildTimeline([job({})], NOW);

  expect(spanMs).toBe(10_000);
  expect(lanes[0]?.rows[0]?.[0]).toMatchObject({ queuedAt: 0, startedAt: 20, endedAt: 100 });
});

test('jobs that one worker runs at the same time stand in rows of their own', () => {
  const jobs = [
    job({ key: 'a', startedAt: at(0), endedAt: at(4) }),
    job({ key: 'b', startedAt: at(1), endedAt: at(3) }),
    job({ key: 'c', startedAt: at(5), endedAt: at(10) }),
  ];

  const { lanes } = buildTimeline(jobs, NOW);

  expect(lanes).toHaveLength(1);
  expect(lanes[0]?.rows.map((row) => row.map((bar) => bar.job.key))).toEqual([['a', 'c'], ['b']]);
  expect(lanes[0]?.rows[0]?.[1]?.queuedAt).toBe(40);
});

test('what runs ends now, and what no worker has taken is the last lane', () => {
  const jobs = [
    job({ key: 'waits', status: 'waiting', worker: null, startedAt: null, endedAt: null, queuedAt: at(50) }),
    job({ key: 'runs', status: 'running', endedAt: null }),
  ];

  const { lanes, spanMs } = buildTimeline(jobs, NOW);

  expect(spanMs).toBe(100_000);
  expect(lanes.map(({ worker }) => worker)).toEqual(['worker-1', null]);
  expect(lanes[0]?.rows[0]?.[0]?.endedAt).toBe(100);
  expect(lanes[1]?.rows[0]?.[0]).toMatchObject({ queuedAt: 50, startedAt: null, endedAt: 100 });
});

test('an audit without jobs has no lanes', () => {
  expect(buildTimeline([], NOW)).toEqual({ lanes: [], spanMs: 0 });
});

test('ticks are round and few', () => {
  expect(timelineTicks(10_000)).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
  expect(timelineTicks(90_000).length).toBeLessThanOrEqual(9);
});

import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import type { AuditProgress } from '@/lib/schemas/audits';
import { announcement, stageLine } from './stage-line';

type StageProgress = AuditProgress['stages'][number];

const t = messagesIn('en');
const format = createFormat('en', 'UTC', Date.parse('2026-11-23T12:00:00Z'));

function stage(part: Partial<StageProgress>): StageProgress {
  return {
    stage: 'collect',
    status: 'running',
    done: 0,
    total: 1,
    counts: {},
    startedAt: null,
    endedAt: null,
    ...part,
  };
}

function progress(stages: StageProgress[], magicsDone = 0): AuditProgress {
  return {
    status: 'running',
    stages,
    magicsDone,
    magicsTotal: 8,
    startedAt: null,
    endedAt: null,
    estimatedCompletionTime: null,
    hasWorker: true,
  };
}

test('a stage under way says how much of its files it has read', () => {
  expect(stageLine(stage({ counts: { files: 150, filesTotal: 1313 } }), t, format)).toBe('150 of 1,313 files');
});

test('a stage that is over says what it counted and how long it took', () => {
  const done = stage({
    status: 'done',
    done: 6,
    total: 6,
    startedAt: '2026-11-23T11:59:50.000Z',
    endedAt: '2026-11-23T11:59:52.100Z',
  });

  expect(stageLine(done, t, format)).toBe('6 of 6 shards · 2.1 s');
});

test('a stage that waits says nothing', () => {
  expect(stageLine(stage({ status: 'waiting', counts: { files: 3 } }), t, format)).toBe('');
});

test('what is announced changes with stages and magics only', () => {
  const judging = stage({ stage: 'judge' });

  expect(announcement(progress([stage({})]), t)).toBe('Collect has started.');
  expect(announcement(progress([stage({ status: 'done' }), judging]), t)).toBe('Judge has started.');
  expect(announcement(progress([stage({ status: 'done' }), judging], 5), t)).toBe('5 of 8 magics judged.');
});

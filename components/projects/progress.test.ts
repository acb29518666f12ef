import { expect, test } from 'vitest';
import type { AuditProgress } from '@/lib/schemas/audits';
import { viewProgress } from './progress';

type StageState = AuditProgress['stages'][number];

function progress(states: Partial<Record<StageState['stage'], [StageState['status'], number, number]>>): AuditProgress {
  const names = ['prepare', 'collect', 'history', 'judge', 'settle'] as const;
  return {
    status: 'running',
    stages: names.map((stage) => {
      const [status, done, total] = states[stage] ?? ['waiting', 0, 0];
      return { stage, status, done, total, counts: {}, startedAt: null, endedAt: null };
    }),
    magicsDone: 0,
    magicsTotal: 8,
    startedAt: null,
    endedAt: null,
    estimatedCompletionTime: null,
    hasWorker: true,
  };
}

test('the running stage is named, the later one when two run', () => {
  const view = viewProgress(
    progress({ prepare: ['done', 1, 1], collect: ['running', 3, 4], history: ['running', 0, 1] }),
  );

  expect(view).toMatchObject({ stage: 'history', done: 0, total: 1 });
});

test('between two stages the one that waits is named', () => {
  expect(viewProgress(progress({ prepare: ['done', 1, 1] })).stage).toBe('collect');
});

test('the bar only grows while stages end', () => {
  const steps = [
    progress({}),
    progress({ prepare: ['done', 1, 1] }),
    progress({ prepare: ['done', 1, 1], collect: ['running', 2, 4] }),
    progress({ prepare: ['done', 1, 1], collect: ['done', 4, 4], history: ['done', 1, 1] }),
    progress({ prepare: ['done', 1, 1], collect: ['done', 4, 4], history: ['done', 1, 1], judge: ['running', 5, 8] }),
    progress({
      prepare: ['done', 1, 1],
      collect: ['done', 4, 4],
      history: ['done', 1, 1],
      judge: ['done', 8, 8],
      settle: ['done', 1, 1],
    }),
  ].map((step) => viewProgress(step).percent);

  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect([steps[0], steps.at(-1)]).toEqual([0, 100]);
});

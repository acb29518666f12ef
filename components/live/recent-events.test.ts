import { expect, test } from 'vitest';
import type { AuditUpdate } from '@/lib/realtime/events';
import type { MagicCard } from '@/lib/schemas/audits';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { createRecentEvents } from './recent-events';

const card = (magic: MagicCard['magic'], score: number | null) =>
  ({ magic, score, status: score === null ? 'waiting' : 'passed' }) as MagicCard;

function overview(runningSequence: number): ProjectOverview {
  return {
    projectId: 'p',
    running: { auditId: 'a', magicsJudged: 0 },
    runningSequence,
    magics: [card('git', null), card('tdd', null)],
  } as unknown as ProjectOverview;
}

function event(sequence: number, magic: MagicCard | null, auditId = 'a'): AuditUpdate {
  const progress = { status: 'running', magicsDone: sequence } as AuditUpdate['progress'];
  return { projectId: 'p', teamId: 't', auditId, number: 1, sequence, progress, magic };
}

test('an answer older than the events gets what it lacks, in their order', () => {
  const recent = createRecentEvents();
  for (const one of [event(7, null), event(5, card('git', 91)), event(6, card('tdd', 64))]) recent.add(one);

  const shown = recent.putInto(overview(4));

  expect(shown.magics.map(({ score }) => score)).toEqual([91, 64]);
  expect(shown).toMatchObject({ runningSequence: 7, running: { magicsJudged: 7 } });
});

test('an answer that knows the events stays as it is', () => {
  const recent = createRecentEvents();
  recent.add(event(5, card('git', 91)));
  const answer = overview(5);

  expect(recent.putInto(answer)).toBe(answer);
});

test('events of another audit, and of one that ended, are put nowhere', () => {
  const recent = createRecentEvents();
  recent.add(event(5, card('git', 91), 'other'));
  recent.add(event(5, card('tdd', 64)));
  const answer = overview(1);

  recent.forget('a');

  expect(recent.putInto(answer)).toBe(answer);
});

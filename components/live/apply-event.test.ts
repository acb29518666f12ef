import { describe, expect, test } from 'vitest';
import type { AuditUpdate } from '@/lib/realtime/events';
import type { AuditProgress, MagicCard } from '@/lib/schemas/audits';
import type { Portfolio, PortfolioRow, ProjectOverview } from '@/lib/schemas/projects';
import { applyToOverview, applyToPortfolio } from './apply-event';

const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

const progress: AuditProgress = {
  status: 'running',
  stages: [],
  magicsDone: 1,
  magicsTotal: 8,
  startedAt: null,
  endedAt: null,
  estimatedCompletionTime: null,
  hasWorker: true,
};

const card: MagicCard = {
  magic: 'git',
  status: 'passed',
  score: 91,
  previousScore: 80,
  coverage: 1,
  healthWeight: 15,
  weight: 10,
  counts,
  fixes: 0,
  subScores: [],
  cap: null,
  skipped: [],
  executionTime: 12,
  startedAt: null,
  completedAt: null,
  errorCode: null,
  worker: null,
  keptFrom: null,
};

function update(change: Partial<AuditUpdate> = {}): AuditUpdate {
  return { projectId: 'p', teamId: 't', auditId: 'a', number: 2, sequence: 4, progress, magic: card, ...change };
}

function portfolio(): Portfolio {
  const row = {
    projectId: 'p',
    strip: [
      { magic: 'git', status: 'waiting', score: null },
      { magic: 'tdd', status: 'passed', score: 70 },
    ],
    running: null,
  } as unknown as PortfolioRow;
  return { rows: [row] } as unknown as Portfolio;
}

describe('the projects table', () => {
  test('shows progress and the judged magic in the row of the project', () => {
    const [row] = applyToPortfolio(portfolio(), update()).rows;

    expect(row?.running).toEqual({ auditId: 'a', number: 2, progress });
    expect(row?.strip).toEqual([
      { magic: 'git', status: 'passed', score: 91 },
      { magic: 'tdd', status: 'passed', score: 70 },
    ]);
  });

  test('keeps the last score while a magic is judged again', () => {
    const running = { ...card, status: 'running' as const, score: null };

    const [row] = applyToPortfolio(portfolio(), update({ magic: running })).rows;

    expect(row?.strip[0]).toEqual({ magic: 'git', status: 'running', score: 80 });
  });

  test('is the same object when the event is about another project', () => {
    const before = portfolio();

    expect(applyToPortfolio(before, update({ projectId: 'q' }))).toBe(before);
  });
});

describe('the project page', () => {
  const overview = {
    projectId: 'p',
    running: { auditId: 'a', status: 'queued', magicsJudged: 0 },
    runningSequence: 3,
    magics: [{ ...card, status: 'running', score: null }],
  } as unknown as ProjectOverview;

  test('fills the card of the magic and moves on to the event’s number', () => {
    const next = applyToOverview(overview, update());

    expect(next?.magics).toEqual([card]);
    expect(next).toMatchObject({ runningSequence: 4, running: { status: 'running', magicsJudged: 1 } });
  });

  test('asks to be read again when an audit starts that it does not know', () => {
    expect(applyToOverview(overview, update({ auditId: 'b' }))).toBeNull();
  });

  test('leaves another project alone', () => {
    expect(applyToOverview(overview, update({ projectId: 'q' }))).toBe(overview);
  });
});

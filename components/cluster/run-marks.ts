import type { MarkStatus } from '@/components/marks/status-drawings';
import type { PhaseProgress, RunStatus } from '@/lib/schemas/cluster';

export const RUN_MARKS: Readonly<Record<RunStatus, MarkStatus>> = {
  waiting: 'waiting',
  running: 'running',
  done: 'passed',
  failed: 'failed',
  cancelled: 'not_applicable',
};

export const PHASE_MARKS: Readonly<Record<PhaseProgress['state'], MarkStatus>> = {
  waiting: 'waiting',
  running: 'running',
  done: 'passed',
  'already-done': 'passed',
  failed: 'failed',
};

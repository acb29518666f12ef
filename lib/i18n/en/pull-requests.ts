import { counted } from '../counted';

/** What Git hosts show of audits of pull requests. */
export const pullRequests = {
  gates: { passed: 'Gate passed', warning: 'Gate passed with a warning', failed: 'Gate failed' },
  gate: (gate: string, reason: string) => (reason ? `${gate}: ${reason}` : gate),
  noGate: 'No verdict',
  noBase: 'What is new is not known: the commit where the branch left its base could not be judged.',
  nothingNew: 'No new findings.',
  newCount: (count: number) => counted(String(count), 'new finding', 'new findings'),
  fixedCount: (count: number) => counted(String(count), 'finding fixed', 'findings fixed'),
  more: (count: number) => `and ${count} more`,
  open: (number: number) => `Audit #${number}`,
  pending: 'Waits for a worker',
  running: 'The audit runs',
  cancelled: 'The audit was cancelled',
  superseded: 'A newer commit took the place of this one',
  closed: 'The pull request is closed',
  failed: (reason: string) => `The audit failed: ${reason}`,
};

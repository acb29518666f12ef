import type { MarkStatus } from '@/components/marks/status-drawings';
import type { Sentence } from '@/lib/schemas/common';
import type { RegistrationCheck } from '@/lib/schemas/projects';

export const CHECK_IDS = ['address', 'reachable', 'duplicate', 'branch', 'stack'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export interface CheckLine {
  id: CheckId;
  mark: MarkStatus;
  outcome: 'passed' | 'failed' | 'unknown' | 'waiting' | 'running';
  detail: Sentence | null;
}

const MARKS: Record<CheckLine['outcome'], MarkStatus> = {
  passed: 'passed',
  failed: 'failed',
  unknown: 'inconclusive',
  waiting: 'waiting',
  running: 'running',
};

/** One line for each check, in a fixed order; which policy would suit is not told until one can be chosen. */
export function checkLines(check: RegistrationCheck | null, isChecking: boolean): CheckLine[] {
  return CHECK_IDS.map((id) => {
    const known = check?.checks.find((one) => one.id === id);
    const outcome = known?.outcome ?? (isChecking ? 'running' : 'waiting');
    return { id, outcome, mark: MARKS[outcome], detail: known?.detail ?? null };
  });
}

import type { Cluster } from '../cluster';
import type { Phase } from '../phase';
import { type ApplyRequest, applyPhase } from './apply-phases';
import { readRecord } from './apply-record';
import { whileLocked } from './lock';
import type { PhaseFailure } from './phase-failure';

export interface ChecksEnd {
  failure: PhaseFailure | null;
  /** How many succeeded; null where nothing is applied that could be asked. */
  passed: number | null;
}

/**
 * Runs the Jobs that connect to stores and to the instance from inside, once more. Jobs that change something, as a
 * migration, are not among them: only what a recovery calls a check.
 */
export async function runChecks(cluster: Cluster, request: ApplyRequest): Promise<ChecksEnd> {
  const { namespace, phases, signal } = request;
  if (!(await readRecord(cluster, namespace, signal))) return { failure: null, passed: null };
  return whileLocked(cluster, namespace, request, async (held) => {
    let passed = 0;
    for (const phase of phases.map(checksOf)) {
      const failure = await applyPhase(cluster, phase, { ...request, signal: held });
      if (failure) return { failure, passed };
      passed += phase.objects.length;
    }
    return { failure: null, passed };
  });
}

function checksOf(phase: Phase): Phase {
  const isCheck = ({ object, recovery }: Phase['objects'][number]): boolean =>
    object.kind === 'Job' && recovery.endsWith('-check');
  return { ...phase, objects: phase.objects.filter(isCheck) };
}

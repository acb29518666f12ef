import { isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { labelOf, type ObjectReference, referenceOf, uniqueReferences } from '../cluster/cluster-object';
import type { NeededSecret } from '../manifests/needed-secrets';
import type { MissingEngine, Phase, PhaseName } from '../phase';
import { applyObject } from './apply-object';
import { type ApplyRecord, hashPhase, hashPhases, isDoneJob, readRecord, saveRecord } from './apply-record';
import { awaitGoal, judgeNow } from './await-goal';
import type { GoalVerdict } from './goal';
import { type LockOptions, whileLocked } from './lock';
import { findLackingSecrets, findMakeableSecrets, type LackingSecret, makeSecret } from './needed-secrets';
import { goalFailure, type PhaseFailure, refusalFailure } from './phase-failure';
import { findSuperfluous, removeObjects } from './prune';

export type ApplyEvent =
  | { type: 'phase'; phase: PhaseName; state: 'started' | 'done' | 'already-done' }
  | { type: 'engine-missing'; phase: PhaseName; engine: MissingEngine }
  | {
      type: 'object';
      phase: PhaseName;
      object: string;
      state: 'applied' | 'waiting' | 'met';
      verdict: GoalVerdict | null;
    }
  | { type: 'secret-made'; object: string }
  | { type: 'removed' | 'kept' | 'stuck'; object: string };

export interface ApplyRequest {
  /** Where progress is kept, and the lock. */
  namespace: string;
  phases: readonly Phase[];
  secrets?: readonly NeededSecret[];
  /** Takes fields away from other managers. */
  isForced?: boolean;
  /** Also removes data that no phase has any more. */
  withData?: boolean;
  signal?: AbortSignal | undefined;
  onEvent?: (event: ApplyEvent) => void;
  lock?: LockOptions;
}

export interface ApplyEnd {
  failure: PhaseFailure | null;
  /** Secrets that people must give first: nothing was applied but the namespace. */
  lackingSecrets: readonly LackingSecret[];
  /** Phases of this run or of one before that it went on from. */
  completed: readonly PhaseName[];
  kept: readonly string[];
  stuck: readonly string[];
}

const SAVE_MS = 10_000;

/**
 * Brings a cluster to what the phases say: each object in order, each waited for. The first that fails ends it. Throws
 * `cancelled` when the signal goes, `conflict` when another apply runs; in every case the next run goes on from there.
 */
export async function applyPhases(cluster: Cluster, request: ApplyRequest): Promise<ApplyEnd> {
  await applyNamespace(cluster, request);
  // Who lost the lock writes nothing more: the record is another's by then.
  const mayWrite = (held: AbortSignal): boolean => !held.aborted || (request.signal?.aborted ?? false);
  return whileLocked(cluster, request.namespace, request, (held) =>
    run(cluster, { ...request, signal: held }, () => mayWrite(held)),
  );
}

/** The lock and the record are kept in it. */
async function applyNamespace(cluster: Cluster, { namespace, phases, isForced = false, signal }: ApplyRequest) {
  const home = phases
    .flatMap(({ objects }) => objects)
    .find(({ object }) => object.kind === 'Namespace' && object.metadata?.name === namespace);
  if (!home) return;
  const live = await cluster.find(referenceOf(home.object), signal);
  if (!live) await applyObject(cluster, home.object, { isForced, signal });
}

async function run(cluster: Cluster, request: ApplyRequest, mayWrite: () => boolean): Promise<ApplyEnd> {
  const { namespace, phases, secrets = [], signal, onEvent } = request;
  const lackingSecrets = await findLackingSecrets(cluster, secrets, signal);
  if (lackingSecrets.length > 0) return { failure: null, lackingSecrets, completed: [], kept: [], stuck: [] };

  const before = await readRecord(cluster, namespace, signal);
  const planned = phases.flatMap(({ objects }) => objects.map(({ object }) => referenceOf(object)));
  const superfluous = findSuperfluous(before?.inventory ?? [], planned);
  const record: ApplyRecord = {
    state: 'running',
    configurationHash: hashPhases(phases),
    completed: { ...before?.completed },
    // Before anything is applied: what is not listed could never be removed.
    inventory: [...superfluous, ...planned],
  };
  const save = (state: ApplyRecord['state'], inventory = record.inventory): Promise<void> =>
    saveRecord(cluster, namespace, { ...record, state, inventory }, AbortSignal.timeout(SAVE_MS));

  try {
    record.completed = await keepCompleted(cluster, phases, before, signal);
    const makeable = await findMakeableSecrets(cluster, secrets, signal);
    record.inventory = uniqueReferences([...record.inventory, ...makeable.map(({ reference }) => reference)]);
    await save('running');
    for (const secret of makeable) {
      if (await makeSecret(cluster, secret, signal))
        onEvent?.({ type: 'secret-made', object: labelOf(secret.reference) });
    }
    for (const phase of phases) {
      for (const engine of phase.missingEngines) onEvent?.({ type: 'engine-missing', phase: phase.name, engine });
      if (record.completed[phase.name]) {
        onEvent?.({ type: 'phase', phase: phase.name, state: 'already-done' });
        continue;
      }
      onEvent?.({ type: 'phase', phase: phase.name, state: 'started' });
      const failure = await applyPhase(cluster, phase, request);
      if (failure) {
        await save('failed');
        return { failure, lackingSecrets, completed: namesOf(record), kept: [], stuck: [] };
      }
      record.completed = { ...record.completed, [phase.name]: hashPhase(phase) };
      await save('running');
      onEvent?.({ type: 'phase', phase: phase.name, state: 'done' });
    }
    const { kept, stuck } = await removeObjects(cluster, {
      objects: withoutSecrets(superfluous, secrets),
      withData: request.withData ?? false,
      signal,
      onRemove: (object, type) => onEvent?.({ type, object }),
    });
    const present = record.inventory.filter((each) => !superfluous.includes(each));
    await save('complete', uniqueReferences([...kept, ...stuck, ...secretsOf(superfluous, secrets), ...present]));
    const end = { failure: null, lackingSecrets, completed: namesOf(record) };
    return { ...end, kept: kept.map(labelOf), stuck: stuck.map(labelOf) };
  } catch (error) {
    const isCancelled = isAppError(error) && error.code === 'cancelled';
    // The error is what people need to hear, also where this cannot be kept.
    if (mayWrite()) await save(isCancelled ? 'cancelled' : 'failed').catch(() => undefined);
    throw error;
  }
}

const namesOf = ({ completed }: ApplyRecord): PhaseName[] => Object.keys(completed) as PhaseName[];

/** Secrets that were made stay while they are needed. */
function secretsOf(superfluous: readonly ObjectReference[], secrets: readonly NeededSecret[]): ObjectReference[] {
  return superfluous.filter(
    ({ kind, namespace, name }) =>
      kind === 'Secret' && secrets.some((need) => need.name === name && need.namespace === namespace),
  );
}

function withoutSecrets(superfluous: readonly ObjectReference[], secrets: readonly NeededSecret[]): ObjectReference[] {
  const needed = new Set(secretsOf(superfluous, secrets));
  return superfluous.filter((each) => !needed.has(each));
}

/**
 * Phases of the run before that need not be done again: up to the first that the configuration changed, or whose objects
 * do not meet their goals. A run that came to its end is no run to go on from: all is applied again.
 */
async function keepCompleted(
  cluster: Cluster,
  phases: readonly Phase[],
  before: ApplyRecord | null,
  signal: AbortSignal | undefined,
): Promise<ApplyRecord['completed']> {
  const kept: ApplyRecord['completed'] = {};
  if (!before || (before.state === 'complete' && before.configurationHash === hashPhases(phases))) return kept;
  for (const phase of phases) {
    const hash = hashPhase(phase);
    if (before.completed[phase.name] !== hash || !(await areMet(cluster, phase, before, signal))) return kept;
    kept[phase.name] = hash;
  }
  return kept;
}

async function areMet(
  cluster: Cluster,
  phase: Phase,
  before: ApplyRecord,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (const planned of phase.objects) {
    const live = await cluster.find(referenceOf(planned.object), signal);
    if (!live && isDoneJob(before, phase, planned)) continue;
    if ((await judgeNow(cluster, planned, live, signal)).state !== 'met') return false;
  }
  return true;
}

/** Applies and waits for each object; gives why it stopped. */
export async function applyPhase(
  cluster: Cluster,
  { name: phase, objects }: Phase,
  { isForced = false, signal, onEvent }: ApplyRequest,
): Promise<PhaseFailure | null> {
  for (const planned of objects) {
    const object = labelOf(referenceOf(planned.object));
    const tell = (state: 'applied' | 'waiting' | 'met', verdict: GoalVerdict | null): void =>
      onEvent?.({ type: 'object', phase, object, state, verdict });
    try {
      await applyObject(cluster, planned.object, { isForced, signal });
    } catch (error) {
      return refusalFailure(phase, planned, error);
    }
    tell('applied', null);
    if (planned.goal === 'present') continue;
    let verdict: GoalVerdict;
    try {
      verdict = await awaitGoal(cluster, planned, { signal, onVerdict: (each) => tell('waiting', each) });
    } catch (error) {
      return refusalFailure(phase, planned, error);
    }
    if (verdict.state !== 'met') return goalFailure(cluster, phase, planned, verdict, signal);
    tell('met', verdict);
  }
  return null;
}

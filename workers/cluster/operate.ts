import { applyContexts } from '@/k8s/apply/apply-contexts';
import { type ApplyEnd, applyPhases } from '@/k8s/apply/apply-phases';
import { checkPhases } from '@/k8s/apply/check-phases';
import { destroyPhases } from '@/k8s/apply/destroy-phases';
import { diffPhases } from '@/k8s/apply/diff-phases';
import { runChecks } from '@/k8s/apply/run-checks';
import { statusOfPhases } from '@/k8s/apply/status-of-phases';
import { connectCluster } from '@/k8s/cluster';
import { clusterProblemOf } from '@/k8s/cluster/cluster-problem';
import { ENGINES } from '@/k8s/manifests/site';
import type { Phase } from '@/k8s/phase';
import { type Aim, connectTarget, contextsOf, findKarmada, planFor, planForShare, type Target } from '@/k8s/target';
import { isAppError } from '@/lib/errors';
import type { ClusterEnd, ClusterRunOptions, ClusterVerb } from '@/lib/schemas/cluster';
import type { Progress } from './progress';

interface Work extends Aim {
  options: ClusterRunOptions;
  progress: Progress;
}

const EMPTY: ClusterEnd = {
  cluster: null,
  state: 'fine',
  isHome: false,
  problem: null,
  holder: null,
  failure: null,
  lackingSecrets: [],
  differences: null,
  planProblems: [],
  uncheckedKinds: [],
  checksPassed: null,
  objects: null,
  lastApply: null,
  isSameConfiguration: false,
  counts: { objects: 0, removed: 0, kept: 0, stuck: 0 },
};

/**
 * Does what `elder cluster` does, and gives what came of it on each cluster. What a cluster refuses is in there; throws
 * `cancelled`.
 */
export async function operateCluster(verb: ClusterVerb, work: Work): Promise<ClusterEnd[]> {
  if (verb === 'validate' && work.kubeconfig === undefined) return [validateOffline(work)];
  if (verb === 'apply') return apply(work);
  const run = { validate, diff, status, destroy }[verb];
  const ends: ClusterEnd[] = [];
  for (const name of await attemptContexts(work)) {
    ends.push(await attempt(name ?? null, async () => run(await connectTarget(work, name), work)));
  }
  return ends;
}

/** Where nothing can be connected to, the attempt itself tells why. */
async function attemptContexts(work: Work): Promise<(string | undefined)[]> {
  return contextsOf(work, undefined);
}

/** What a cluster refuses is told; one that cannot be asked hides no other. */
async function attempt(name: string | null, run: () => Promise<ClusterEnd>): Promise<ClusterEnd> {
  try {
    return await run();
  } catch (error) {
    return refusal(name, error);
  }
}

function refusal(name: string | null, error: unknown): ClusterEnd {
  const problem = clusterProblemOf(error);
  if (problem) return { ...EMPTY, cluster: problem.cluster, state: 'not-fine', problem };
  if (isAppError(error) && error.details?.applyProblem) {
    const holder = error.details.applyProblem === 'locked' ? String(error.details.holder) : '';
    return { ...EMPTY, cluster: name, state: 'not-fine', holder };
  }
  throw error;
}

const countOf = (phases: readonly Phase[]): number => phases.reduce((sum, { objects }) => sum + objects.length, 0);

/** One cluster, or several: by Karmada where it is there, else one apply for each context. */
async function apply(work: Work): Promise<ClusterEnd[]> {
  const { contexts } = work.configuration;
  if (contexts.length < 2) {
    return [await attempt(contexts[0]?.name ?? null, async () => applyOne(await connectTarget(work, undefined), work))];
  }
  const control = await findKarmada(work, undefined);
  return control ? [await attempt(control.cluster.name, () => applyOne(control, work))] : applySeveral(work);
}

async function applyOne({ cluster, phases, secrets }: Target, work: Work): Promise<ClusterEnd> {
  const { configuration, options, signal, progress } = work;
  const end = await applyPhases(cluster, {
    namespace: configuration.namespace,
    phases,
    secrets,
    ...options,
    signal,
    onEvent: (event) => progress.show(cluster.name, event),
  });
  return { ...endOf(cluster.name, end, work), isHome: true, counts: { ...EMPTY.counts, objects: countOf(phases) } };
}

async function applySeveral(work: Work): Promise<ClusterEnd[]> {
  const { configuration, kubeconfig, options, signal, progress } = work;
  const ends = await applyContexts({
    namespace: configuration.namespace,
    contexts: configuration.contexts,
    connect: (context) => connectCluster({ kubeconfig, context }),
    plan: (engines, share) => planForShare(configuration, engines, share),
    ...options,
    signal,
    onEvent: (name, event) => progress.show(name, event),
  });
  return ends.map(({ context, state, isHome, end, error }): ClusterEnd => {
    const told = error ? refusal(context, error) : end ? endOf(context, end, work) : EMPTY;
    return { ...told, cluster: context, isHome, state: state === 'lost' ? 'lost' : told.state };
  });
}

function endOf(cluster: string, { failure, lackingSecrets }: ApplyEnd, { progress }: Work): ClusterEnd {
  if (failure) progress.fail(cluster, failure.phase);
  const state = failure || lackingSecrets.length > 0 ? 'not-fine' : 'fine';
  return { ...EMPTY, cluster, state, ...plain({ failure, lackingSecrets }) };
}

async function diff(target: Target, { configuration, options, signal }: Work): Promise<ClusterEnd> {
  const { cluster, phases, secrets } = target;
  const { namespace } = configuration;
  const { objects, lackingSecrets } = await diffPhases(cluster, { namespace, phases, secrets, ...options, signal });
  const isRefused = objects.some(({ change }) => change === 'refused') || lackingSecrets.length > 0;
  const differences = plain(objects.filter(({ change }) => change !== 'same'));
  return {
    ...EMPTY,
    cluster: cluster.name,
    state: isRefused ? 'not-fine' : 'fine',
    differences,
    ...plain({ lackingSecrets }),
    counts: { ...EMPTY.counts, objects: objects.length },
  };
}

function validateOffline({ configuration }: Work): ClusterEnd {
  const { phases } = planFor(configuration, new Set(ENGINES));
  const { problems, uncheckedKinds } = checkPhases(phases);
  const counts = { ...EMPTY.counts, objects: countOf(phases) };
  const state = problems.length > 0 ? 'not-fine' : 'fine';
  return { ...EMPTY, state, planProblems: [...problems], uncheckedKinds: [...uncheckedKinds], counts };
}

/** First what can be known without a cluster, then what its server says, then real connections from inside. */
async function validate(target: Target, work: Work): Promise<ClusterEnd> {
  const { cluster, phases } = target;
  const { problems } = checkPhases(phases);
  if (problems.length > 0) {
    return { ...EMPTY, cluster: cluster.name, state: 'not-fine', planProblems: [...problems] };
  }
  const said = await diff(target, work);
  const differences = said.differences?.filter(({ change }) => change === 'refused' || change === 'unchecked') ?? [];
  if (said.state !== 'fine') return { ...said, differences };
  const { configuration, signal, progress } = work;
  const { failure, passed } = await runChecks(cluster, {
    namespace: configuration.namespace,
    phases,
    signal,
    onEvent: (event) => progress.show(cluster.name, event),
  });
  if (failure) progress.fail(cluster.name, failure.phase);
  return { ...said, differences, state: failure ? 'not-fine' : 'fine', checksPassed: passed, ...plain({ failure }) };
}

async function status({ cluster, phases }: Target, { configuration, signal }: Work): Promise<ClusterEnd> {
  const { namespace } = configuration;
  const { lastApply, isSameConfiguration, objects } = await statusOfPhases(cluster, { namespace, phases, signal });
  return {
    ...EMPTY,
    cluster: cluster.name,
    state: objects.every(({ verdict }) => verdict.state === 'met') ? 'fine' : 'not-fine',
    objects: plain([...objects]),
    lastApply: lastApply?.state ?? null,
    isSameConfiguration,
    counts: { ...EMPTY.counts, objects: objects.length },
  };
}

async function destroy({ cluster, phases }: Target, { configuration, options, signal, progress }: Work) {
  const { removed, kept, stuck } = await destroyPhases(cluster, {
    namespace: configuration.namespace,
    phases,
    withData: options.withData,
    signal,
    onRemove: (object, type) => progress.show(cluster.name, { type, object }),
  });
  const counts = { objects: 0, removed: removed.length, kept: kept.length, stuck: stuck.length };
  return { ...EMPTY, cluster: cluster.name, state: stuck.length > 0 ? 'not-fine' : 'fine', counts } as const;
}

type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;

/** What k8s/ tells is read alone; a view is a copy. */
function plain<T>(value: T): Mutable<T> {
  return structuredClone(value) as Mutable<T>;
}

import { isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { isProblem } from '../cluster/cluster-problem';
import type { NeededSecret } from '../manifests/needed-secrets';
import type { Phase } from '../phase';
import { type ApplyEnd, type ApplyEvent, type ApplyRequest, applyPhases } from './apply-phases';

export interface WeightedContext {
  name: string;
  weight: number;
}

/** What one of several clusters gets. */
export interface Share {
  /** Of all clusters, in their order. */
  weights: readonly number[];
  /** Which of them. */
  index: number;
  /** The one that has all that is not for workers. */
  isHome: boolean;
}

export interface ContextEnd {
  context: string;
  /** `lost`: cannot be reached; its workers are placed in the others. */
  state: 'applied' | 'failed' | 'lost';
  isHome: boolean;
  end: ApplyEnd | null;
  error: unknown;
}

export interface ContextsRequest extends Omit<ApplyRequest, 'phases' | 'secrets' | 'onEvent'> {
  contexts: readonly WeightedContext[];
  connect: (context: string) => Cluster;
  /** What a cluster with these engines gets for its share. */
  plan: (engines: ReadonlySet<string>, share: Share) => { phases: readonly Phase[]; secrets: readonly NeededSecret[] };
  onEvent?: (context: string, event: ApplyEvent) => void;
}

interface Found extends WeightedContext {
  cluster: Cluster | null;
  engines: ReadonlySet<string>;
  error: unknown;
}

/**
 * One apply for each cluster, with the workers split by weight. What fails in one leaves the others done. A cluster that
 * cannot be reached has no share: the others get it, and the first of them is home. Throws `cancelled`.
 */
export async function applyContexts(request: ContextsRequest): Promise<ContextEnd[]> {
  const { contexts, signal } = request;
  const found = await Promise.all(contexts.map((context) => look(context, request)));
  const weights = found.map(({ weight, error }) => (isProblem(error, 'unreachable') ? 0 : weight));
  const shares = weights.some((weight) => weight > 0)
    ? weights
    : found.map(({ error }) => (isProblem(error, 'unreachable') ? 0 : 1));
  const home = found.findIndex(({ error }) => !isProblem(error, 'unreachable'));
  const ends = await Promise.all(
    found.map((each, index) => applyShare(each, { weights: shares, index, isHome: index === home }, request)),
  );
  const cancelled = ends.find(({ error }) => isAppError(error) && error.code === 'cancelled');
  if (cancelled && signal?.aborted) throw cancelled.error;
  return ends;
}

async function look(context: WeightedContext, { connect, signal }: ContextsRequest): Promise<Found> {
  try {
    const cluster = connect(context.name);
    return { ...context, cluster, engines: await cluster.engines(signal), error: null };
  } catch (error) {
    return { ...context, cluster: null, engines: new Set(), error };
  }
}

async function applyShare(
  { name, cluster, engines, error }: Found,
  share: Share,
  { plan, onEvent, contexts: _contexts, connect: _connect, ...request }: ContextsRequest,
): Promise<ContextEnd> {
  const about = { context: name, isHome: share.isHome };
  const failed = (reason: unknown): ContextEnd => ({
    ...about,
    state: isProblem(reason, 'unreachable') ? 'lost' : 'failed',
    end: null,
    error: reason,
  });
  if (!cluster) return failed(error);
  try {
    const { phases, secrets } = plan(engines, share);
    const end = await applyPhases(cluster, {
      ...request,
      phases,
      secrets,
      onEvent: (event) => onEvent?.(name, event),
    });
    const isDone = !end.failure && end.lackingSecrets.length === 0;
    return { ...about, state: isDone ? 'applied' : 'failed', end, error: null };
  } catch (reason) {
    return failed(reason);
  }
}

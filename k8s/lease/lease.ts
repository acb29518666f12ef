import type { Cluster } from '../cluster';
import { at, type ClusterObject, type ObjectReference } from '../cluster/cluster-object';
import { isProblem } from '../cluster/cluster-problem';

export interface LeaseOptions {
  namespace: string;
  name: string;
  /** Of this candidate alone. */
  identity: string;
  /** A holder that does not renew this long has lost it. Whole seconds, as the API keeps them. */
  durationSeconds: number;
  /** Milliseconds that only go forward. */
  now?: () => number;
}

export interface LeaseHandle {
  /** Takes the lease if it is free, or renews it: whether it is held now. */
  tryHold(signal?: AbortSignal): Promise<boolean>;
  /** Gives it back, so that others need not wait. */
  release(signal?: AbortSignal): Promise<void>;
  /** Who held it when it was last looked at; empty for nobody. */
  holder(): string;
}

/**
 * A Lease, https://kubernetes.io/docs/concepts/architecture/leases/, with the rule of client-go: whether another holder
 * is still there is judged by how long this process itself saw no renewal, never by the clock of another machine.
 */
export function createLease(
  cluster: Cluster,
  { namespace, name, identity, durationSeconds, now = () => performance.now() }: LeaseOptions,
): LeaseHandle {
  const [apiVersion, kind] = ['coordination.k8s.io/v1', 'Lease'];
  const reference: ObjectReference = { apiVersion, kind, namespace, name };
  let seenVersion: string | undefined;
  let seenAt = Number.NEGATIVE_INFINITY;
  let seenHolder = '';

  function observe(lease: ClusterObject): void {
    const { resourceVersion } = lease.metadata;
    if (resourceVersion !== seenVersion) seenAt = now();
    seenVersion = resourceVersion;
    seenHolder = String(at(lease, 'spec', 'holderIdentity') ?? '');
  }

  const spec = (before: unknown, holder: string) => {
    const moment = new Date().toISOString().replace('Z', '000Z');
    const isSame = at(before, 'holderIdentity') === holder;
    const changes = Number(at(before, 'leaseTransitions') ?? 0);
    return {
      holderIdentity: holder,
      leaseDurationSeconds: durationSeconds,
      acquireTime: isSame ? at(before, 'acquireTime') : moment,
      renewTime: moment,
      leaseTransitions: isSame ? changes : changes + (before === undefined ? 0 : 1),
    };
  };

  async function write(lease: ClusterObject | null, holder: string, signal?: AbortSignal): Promise<boolean> {
    try {
      const next = lease
        ? await cluster.replace({ ...lease, spec: spec(lease.spec, holder) }, signal)
        : await cluster.create(
            { apiVersion, kind, metadata: { name, namespace }, spec: spec(undefined, holder) },
            signal,
          );
      observe(next);
      return true;
    } catch (error) {
      // Somebody was faster; who it was is seen at the next try.
      if (isProblem(error, 'changedMeanwhile')) return false;
      throw error;
    }
  }

  return {
    holder: () => seenHolder,
    async tryHold(signal) {
      const lease = await cluster.find(reference, signal);
      if (!lease) return write(null, identity, signal);
      observe(lease);
      const duration = Number(at(lease, 'spec', 'leaseDurationSeconds') ?? durationSeconds);
      const isFree = seenHolder === '' || seenHolder === identity || now() - seenAt >= duration * 1000;
      return isFree ? write(lease, identity, signal) : false;
    },
    async release(signal) {
      const lease = await cluster.find(reference, signal);
      if (lease && at(lease, 'spec', 'holderIdentity') === identity) await write(lease, '', signal);
    },
  };
}

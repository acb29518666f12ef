import type { Decision, Memory, Reason, Target } from './strategy';

/** Brings a number of replicas between the bounds, as a whole number; the reason tells when a bound decided. */
export function bounded(wanted: number, reason: Reason, target: Target, memory: Memory): Decision {
  const { minReplicas, maxReplicas, tier } = target;
  const whole = Math.max(0, Math.ceil(wanted - 1e-9));
  const replicas = Math.min(maxReplicas, Math.max(minReplicas, whole));
  const isLimited = replicas < whole;
  return {
    replicas,
    tier,
    reason: isLimited ? { id: 'limited', data: { wanted: whole, most: maxReplicas } } : reason,
    memory,
  };
}

/** The most that was wanted within the last seconds, and what is to be remembered of it. */
export function stabilised(
  wanted: number,
  atMs: number,
  seconds: number,
  memory: Memory,
): { replicas: number; memory: Memory } {
  const kept = memory.filter((earlier) => earlier.atMs > atMs - seconds * 1000 && earlier.atMs <= atMs);
  const replicas = kept.reduce((most, earlier) => Math.max(most, earlier.replicas), wanted);
  return { replicas, memory: [...kept, { atMs, replicas: wanted, running: 0 }] };
}

import { bounded } from './bounds';
import type { Memory, Observed, Reason, Strategy, Target } from './strategy';

/** Over which what runs is averaged: jobs begin and end by chance. */
const AVERAGE_SECONDS = 60;

/**
 * Slots for what is in hand, at the aimed utilisation, and for what waits, so that it is taken within the aimed time. What is
 * late already counts twice.
 */
export function reactiveNeed(observed: Observed, busySlots: number, target: Target): number {
  const { waiting, waitingSeconds, oldestWaitSeconds } = observed;
  const { slotsPerReplica, utilisation, queueSeconds } = target;
  // Without a measured time a job that waits takes a slot of its own.
  const ofQueue = waitingSeconds === null ? waiting : waitingSeconds / queueSeconds;
  const isLate = oldestWaitSeconds > queueSeconds && waiting > 0;
  const slots = busySlots / utilisation + Math.min(waiting, ofQueue * (isLate ? 2 : 1));
  return Math.ceil(slots / slotsPerReplica - 1e-9);
}

/** By load and queue time: up at once, down when the need has been gone for a while. */
export const reactive: Strategy = {
  id: 'reactive',
  decide: (observed, target, memory) => {
    const { atMs, running, waiting } = observed;
    const since = atMs - Math.max(AVERAGE_SECONDS, target.downAfterSeconds) * 1000;
    const lately = memory.filter((earlier) => earlier.atMs > since && earlier.atMs <= atMs);
    const need = reactiveNeed(observed, averageBusy(lately, observed), target);
    const held = lately
      .filter((earlier) => earlier.atMs > atMs - target.downAfterSeconds * 1000)
      .reduce((most, earlier) => Math.max(most, earlier.replicas), need);
    const reason: Reason =
      held > need
        ? { id: 'stabilised', data: { need, held } }
        : { id: waiting > 0 ? 'backlog' : 'load', data: { running, waiting } };
    return bounded(held, reason, target, [...lately, { atMs, replicas: need, running }]);
  },
};

/** While jobs wait, all slots are busy: then the past says too little. */
function averageBusy(lately: Memory, { atMs, running, waiting }: Observed): number {
  const values = lately
    .filter((earlier) => earlier.atMs > atMs - AVERAGE_SECONDS * 1000)
    .map((earlier) => earlier.running);
  const average = [...values, running].reduce((sum, value) => sum + value, 0) / (values.length + 1);
  return waiting > 0 ? Math.max(running, average) : average;
}

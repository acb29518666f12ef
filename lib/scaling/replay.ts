import type { Memory, Observed, Strategy, Target } from './strategies/strategy';
import { replicaHourCost } from './tiers';

/** What was measured of a minute, or of any other step; null where nothing was. */
export interface ReplayStep {
  startMs: number;
  /** Work that arrived, in busy slots. */
  load: number | null;
  /** Mean seconds of a job. */
  meanSeconds: number | null;
  /** What the forecast that was made before said of the time until a replica asked for then is ready. */
  forecast: Observed['forecast'];
}

export interface ReplayResult {
  /** Replicas that were wanted, at each step; null where nothing was measured. */
  replicas: (number | null)[];
  /** Estimated seconds that what waited at the end of each step has yet to wait. */
  waitSeconds: (number | null)[];
  replicaHours: number;
  cost: number;
  /** Estimated seconds a job waits: of all work, and at the worst step. Null when nothing was measured. */
  meanWaitSeconds: number | null;
  worstWaitSeconds: number | null;
  measuredSteps: number;
}

/**
 * What a strategy would have done with the work that came: work flows through slots as water does, so waits are estimates.
 * Replicas take jobs once they have started. Steps without a measurement are left out, and what waited then waits on.
 */
export function replay(
  steps: readonly ReplayStep[],
  {
    strategy,
    target,
    stepSeconds,
    startupSeconds,
  }: { strategy: Strategy; target: Target; stepSeconds: number; startupSeconds: number },
): ReplayResult {
  let memory: Memory = [];
  let wanted = Math.max(
    target.minReplicas,
    target.fixedReplicas > 0 && strategy.id === 'manual' ? target.fixedReplicas : 0,
  );
  let tier = target.tier;
  const ready: { atMs: number; replicas: number }[] = [{ atMs: Number.NEGATIVE_INFINITY, replicas: wanted }];
  let waitingWork = 0;
  let replicaHours = 0;
  let cost = 0;
  let waited = 0;
  let allWork = 0;
  let worst: number | null = null;
  let measuredSteps = 0;
  const waits: (number | null)[] = [];
  const replicas = steps.map(({ startMs, load, meanSeconds, forecast }, step) => {
    waits[step] = null;
    if (load === null) return null;
    measuredSteps += 1;
    while (ready[1] && ready[1].atMs <= startMs) ready.shift();
    const slots = Math.min(ready[0]?.replicas ?? 0, wanted) * target.slotsPerReplica;
    const work = waitingWork + load * stepSeconds;
    const served = Math.min(work, slots * stepSeconds);
    const meanWaiting = (waitingWork + (work - served)) / 2;
    waitingWork = work - served;
    // Little's law: what waits is what comes times how long it waits.
    waited += meanWaiting * stepSeconds;
    allWork += load * stepSeconds;
    const waitSeconds = waitingWork === 0 ? 0 : served === 0 ? stepSeconds : (waitingWork / served) * stepSeconds;
    worst = Math.max(worst ?? 0, waitSeconds);
    waits[step] = waitSeconds;
    const seconds = meanSeconds ?? 1;
    const decision = strategy.decide(
      {
        atMs: startMs + stepSeconds * 1000,
        replicas: wanted,
        waiting: Math.round(waitingWork / seconds),
        running: served / stepSeconds,
        oldestWaitSeconds: waitSeconds,
        waitingSeconds: waitingWork,
        utilisation: slots === 0 ? null : served / stepSeconds / slots,
        forecast,
      },
      target,
      memory,
    );
    memory = decision.memory;
    const hours = (wanted * stepSeconds) / 3600;
    replicaHours += hours;
    cost += hours * replicaHourCost(tier);
    tier = decision.tier;
    if (decision.replicas > wanted)
      ready.push({ atMs: startMs + (stepSeconds + startupSeconds) * 1000, replicas: decision.replicas });
    wanted = decision.replicas;
    return wanted;
  });
  return {
    replicas,
    waitSeconds: waits,
    replicaHours,
    cost,
    meanWaitSeconds: allWork === 0 ? null : waited / allWork,
    worstWaitSeconds: worst,
    measuredSteps,
  };
}

import { bounded } from './bounds';
import { hpaReplicas } from './hpa-algorithm';
import type { Strategy } from './strategy';

/** As KEDA's `cooldownPeriod`. */
const COOLDOWN_SECONDS = 300;

/**
 * What KEDA would do on the backlog: it starts the first replica itself, gives the backlog a replica to a
 * HorizontalPodAutoscaler as an average value, and takes the last replica away when nothing waited or ran for 300 s.
 */
export const custom: Strategy = {
  id: 'custom',
  decide: ({ atMs, replicas, waiting, running }, target, memory) => {
    const backlog = waiting + running;
    const reason = { id: 'backlog', data: { waiting, running } } as const;
    if (replicas === 0)
      return bounded(backlog > 0 ? 1 : 0, reason, target, [{ atMs, replicas: Math.min(backlog, 1), running }]);
    const average = target.slotsPerReplica * target.utilisation;
    const next = hpaReplicas({ replicas, ratio: backlog / average / replicas, atMs }, memory);
    const first = memory[0];
    const isIdle = backlog === 0 && memory.every((earlier) => earlier.replicas === 0);
    const hasCooled = isIdle && first !== undefined && atMs - first.atMs >= COOLDOWN_SECONDS * 1000 * 0.9;
    return bounded(hasCooled ? 0 : Math.max(1, next.replicas), reason, target, next.memory);
  },
};

import { bounded } from './bounds';
import { hpaReplicas } from './hpa-algorithm';
import type { Strategy } from './strategy';

/** What a HorizontalPodAutoscaler on CPU would do. From no replica nothing is measured, and it starts the first. */
export const hpa: Strategy = {
  id: 'hpa',
  decide: ({ atMs, replicas, utilisation }, target, memory) => {
    if (utilisation === null)
      return bounded(Math.max(1, replicas), { id: 'not-measured', data: { replicas } }, target, memory);
    const ratio = utilisation / target.utilisation;
    const next = hpaReplicas({ replicas: Math.max(1, replicas), ratio, atMs }, memory);
    const reason = {
      id: next.isTolerated ? 'tolerated' : 'utilisation',
      data: { utilisation, aim: target.utilisation },
    } as const;
    return bounded(next.replicas, reason, target, next.memory);
  },
};

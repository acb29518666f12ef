import { bounded } from './bounds';
import type { Strategy } from './strategy';

/** As many as a person said. */
export const manual: Strategy = {
  id: 'manual',
  decide: (_, target, memory) =>
    bounded(target.fixedReplicas, { id: 'fixed', data: { replicas: target.fixedReplicas } }, target, memory),
};

import { TIER_NAMES, TIERS } from '../tiers';
import { bounded } from './bounds';
import type { Strategy } from './strategy';

/**
 * What a VerticalPodAutoscaler between the tiers would do: as many replicas as a person said, each of the smallest tier whose
 * CPU carries the load at the aimed utilisation. A slot is what one CPU of the present tier gives.
 */
export const vpa: Strategy = {
  id: 'vpa',
  decide: ({ running, waiting, waitingSeconds }, target, memory) => {
    const slots = running + Math.min(waiting, waitingSeconds === null ? waiting : waitingSeconds / target.queueSeconds);
    const cpuOfSlot = TIERS[target.tier].cpu / target.slotsPerReplica;
    const cpu = (slots / target.utilisation / Math.max(1, target.fixedReplicas)) * cpuOfSlot;
    const tier = TIER_NAMES.find((name) => TIERS[name].cpu >= cpu) ?? 'xlarge';
    return { ...bounded(target.fixedReplicas, { id: 'resized', data: { cpu } }, target, memory), tier };
  },
};

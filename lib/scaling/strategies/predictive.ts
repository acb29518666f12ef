import { bounded } from './bounds';
import { reactive } from './reactive';
import type { Observed, Strategy, Target } from './strategy';

/**
 * Replicas whose slots hold the upper bound of what is expected while a new one starts. Null without a forecast. The bound
 * already leaves room: where it lies above what is aimed at, the forecast is unsure.
 */
export function forecastNeed({ forecast }: Observed, { slotsPerReplica }: Target): number | null {
  return forecast && Math.ceil(forecast.high / slotsPerReplica - 1e-9);
}

/** The larger of what is needed now and what the forecast needs: a wrong forecast costs money and never a wait. */
export const predictive: Strategy = {
  id: 'predictive',
  decide: (observed, target, memory) => {
    const now = reactive.decide(observed, target, memory);
    const ahead = forecastNeed(observed, target);
    if (ahead === null) return { ...now, reason: { id: 'no-forecast', data: { need: now.replicas } } };
    if (ahead <= now.replicas) return now;
    const { load, high } = observed.forecast ?? { load: 0, high: 0 };
    return bounded(ahead, { id: 'forecast', data: { load, high, need: now.replicas } }, target, now.memory);
  },
};

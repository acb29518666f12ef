import type { Fitted, Forecaster, Training } from './forecaster';
import { holtWinters } from './holt-winters';
import { ridge } from './ridge';
import { seasonalDrift } from './seasonal-drift';
import { seasonalNaive } from './seasonal-naive';

/** Fits once for each training: the mean needs what the others learnt. */
function once(forecaster: Forecaster): Forecaster {
  const fits = new WeakMap<Training, Fitted>();
  return {
    ...forecaster,
    fit: (training) => {
      const fitted = fits.get(training) ?? forecaster.fit(training);
      fits.set(training, fitted);
      return fitted;
    },
  };
}

const smoothing = once(holtWinters);
const regression = once(ridge);

const MEMBERS = [smoothing, regression];

/** Errors of models that differ cancel out in part. */
const mean: Forecaster = {
  id: 'mean',
  leastDays: Math.max(...MEMBERS.map(({ leastDays }) => leastDays)),
  fit: (training) => {
    const models = MEMBERS.map((member) => member.fit(training));
    return {
      predict: (horizon) => {
        const all = models.map((model) => model.predict(horizon));
        return Array.from(
          { length: horizon },
          (_, at) => all.reduce((sum, one) => sum + (one[at] ?? 0), 0) / all.length,
        );
      },
    };
  },
};

/** The candidates; the first is what the others must beat. */
export const FORECASTERS: readonly Forecaster[] = [seasonalNaive, seasonalDrift, smoothing, regression, mean];

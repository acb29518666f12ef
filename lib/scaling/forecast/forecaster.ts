import type { CalendarOf } from './calendar';
import type { Profile } from './winsorise';

/** What a model learns from. */
export interface Training {
  /** Of steps 0, 1, …; outliers drawn in, null where nothing was measured. */
  values: readonly (number | null)[];
  calendar: CalendarOf;
  profile: Profile;
  stepsPerDay: number;
}

/** A model with what it learnt. */
export interface Fitted {
  /** Load of the `horizon` steps that follow the training, none below 0. */
  predict: (horizon: number) => number[];
}

export interface Forecaster {
  id: 'seasonal-naive' | 'seasonal-drift' | 'holt-winters' | 'ridge' | 'mean';
  /** Days of history without which it says nothing. */
  leastDays: number;
  fit: (training: Training) => Fitted;
}

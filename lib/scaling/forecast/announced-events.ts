import { type Series, stepStartMs } from '../series';

/** Something people know of before: a release, a campaign, a closed day. */
export interface AnnouncedEvent {
  name: string;
  fromMs: number;
  toMs: number;
  /** How many times the usual load it brings; 0.1 for a day on which hardly anybody works. */
  factor: number;
}

/** What events multiply the load of a step by; those that hold at once multiply. */
export function eventFactor(atMs: number, events: readonly AnnouncedEvent[]): number {
  return events.reduce(
    (factor, { fromMs, toMs, factor: own }) => (atMs >= fromMs && atMs < toMs ? factor * own : factor),
    1,
  );
}

/** The load as it would have been without the events, so that none is taken for a habit. */
export function withoutEvents(series: Series, events: readonly AnnouncedEvent[]): Series {
  if (events.length === 0) return series;
  const values = series.values.map((value, step) => {
    const factor = eventFactor(stepStartMs(series, step), events);
    if (factor === 1) return value;
    return value === null || factor < 0.05 ? null : value / factor;
  });
  return { ...series, values };
}

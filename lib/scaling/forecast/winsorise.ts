import { median, robustDeviation } from '../statistics';
import type { CalendarOf, StepOfCalendar } from './calendar';

/** Deviations beyond which a value is no habit. */
const MOST_DEVIATIONS = 5;
/** Values of a slot of the week below which its kind of day tells more. */
const LEAST_VALUES = 9;
const DAYS_OF_WEEK = 7;
/** Weekdays, working days, days off, all. */
const GROUPS_OF_DAYS = DAYS_OF_WEEK + 3;
const SUNDAY = 0;
const SATURDAY = 6;

/** What a slot usually holds. */
export type Profile = (step: number) => number;

/** The weekday whose habits a day has: a holiday is like a Sunday. */
export function habitOf({ weekday, isDayOff }: StepOfCalendar): number {
  return isDayOff && weekday !== SATURDAY ? SUNDAY : weekday;
}

/**
 * Medians by slot of the week, each over three neighbouring slots; where fewer than nine values were measured those of all
 * working days or of all days off, then those of all days, then the median of everything. `values` are of steps 0, 1, …
 */
export function usualProfile(values: readonly (number | null)[], calendar: CalendarOf, stepsPerDay: number): Profile {
  const groups: number[][] = Array.from({ length: GROUPS_OF_DAYS * stepsPerDay }, () => []);
  values.forEach((value, step) => {
    if (value === null) return;
    const at = calendar(step);
    for (const group of groupsOf(at))
      for (let slot = Math.max(0, at.slotOfDay - 1); slot <= Math.min(stepsPerDay - 1, at.slotOfDay + 1); slot += 1)
        groups[group * stepsPerDay + slot]?.push(value);
  });
  const medians = groups.map((group, index) =>
    group.length < (index < DAYS_OF_WEEK * stepsPerDay ? LEAST_VALUES : 1) ? null : median(group),
  );
  const all = median(values.filter((value) => value !== null)) ?? 0;
  const slots = Array.from({ length: 2 * DAYS_OF_WEEK * stepsPerDay }, (_, index): number => {
    const day = Math.floor(index / stepsPerDay);
    const at = { slotOfDay: index % stepsPerDay, weekday: day >> 1, isDayOff: day % 2 === 1 };
    const found = groupsOf(at).map((group) => medians[group * stepsPerDay + at.slotOfDay]);
    return found.find((value) => value !== null && value !== undefined) ?? all;
  });
  return (step) => {
    const { weekday, isDayOff, slotOfDay } = calendar(step);
    return slots[(2 * weekday + (isDayOff ? 1 : 0)) * stepsPerDay + slotOfDay] ?? all;
  };
}

/** Days that are alike, the most alike first: of this weekday, of this kind, all. */
function groupsOf(at: StepOfCalendar): [number, number, number] {
  return [habitOf(at), DAYS_OF_WEEK + (at.isDayOff ? 1 : 0), DAYS_OF_WEEK + 2];
}

/**
 * Draws outliers in to the edge of what is usual at their slot. Missing values stay missing. The deviation grows with the
 * square root of the load, as that of a count does.
 */
export function winsorise(values: readonly (number | null)[], profile: Profile): (number | null)[] {
  const scaled = values.flatMap((value, step) => {
    const usual = profile(step);
    return value === null ? [] : [(value - usual) / scaleOf(usual)];
  });
  const deviation = robustDeviation(scaled) ?? 0;
  if (deviation === 0) return [...values];
  return values.map((value, step) => {
    if (value === null) return null;
    const usual = profile(step);
    const most = MOST_DEVIATIONS * deviation * scaleOf(usual);
    return Math.min(usual + most, Math.max(usual - most, value));
  });
}

/** What a deviation at this load is measured in. */
export function scaleOf(load: number): number {
  return Math.sqrt(Math.max(load, 0) + 1);
}

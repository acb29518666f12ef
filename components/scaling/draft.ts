import type { Messages } from '@/lib/i18n/messages';
import { isTimeZone } from '@/lib/schemas/cron';
import type { ScalingSettings } from '@/lib/schemas/scaling';

export type ScalingField = 'fixedReplicas' | 'maxReplicas' | 'timeZone';
export type ScalingProblems = Partial<Record<ScalingField, string>>;

export const isFixed = ({ strategy }: Pick<ScalingSettings, 'strategy'>): boolean =>
  strategy === 'manual' || strategy === 'vpa';

/** What is wrong with settings beyond the range of each number, which its field keeps. */
export function settingsProblems(draft: ScalingSettings, t: Messages, number: (value: number) => string) {
  const words = t.scaling.form;
  const { minReplicas, maxReplicas, fixedReplicas } = draft;
  const problems: ScalingProblems = {};
  if (maxReplicas < minReplicas) problems.maxReplicas = words.boundsWrong(number(minReplicas));
  else if (isFixed(draft) && (fixedReplicas < minReplicas || fixedReplicas > maxReplicas)) {
    problems.fixedReplicas = words.fixedWrong(number(minReplicas), number(maxReplicas));
  }
  if (!isTimeZone(draft.timeZone)) problems.timeZone = words.timeZoneWrong;
  return problems;
}

/** Whether two settings say the same. */
export function isSameSettings(one: ScalingSettings, other: ScalingSettings): boolean {
  return (Object.keys(one) as (keyof ScalingSettings)[]).every(
    (name) => JSON.stringify(one[name]) === JSON.stringify(other[name]),
  );
}

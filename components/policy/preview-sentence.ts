import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { shownChange } from '@/lib/i18n/shown-change';
import type { ConfigurationPreview } from '@/lib/schemas/configuration';
import { sumsOf } from './preview-order';

/** What the draft would do to the gates, in one sentence; nothing is said of gates that rules may still turn. */
export function previewSentence(preview: ConfigurationPreview, t: Messages, format: Format): string {
  const { judged, gateChanges, moreFailing, fewerFailing, unknownGates, unknownRules } = sumsOf(preview);
  const words = t.policy.preview;
  const unknown = unknownRules > 0 ? format.number(unknownRules) : null;
  if (judged === 0) return words.nothingJudged;
  if (gateChanges === 0 && unknown) return words.cannotTell(unknown);
  if (gateChanges === 0 && unknownGates === 0) return words.noGateChanges;
  const turns = [
    ...(moreFailing > 0 ? [words.newlyFailing(moreFailing)] : []),
    ...(fewerFailing > 0 ? [words.fewerFailing(fewerFailing)] : []),
  ];
  const parts = [
    ...(gateChanges > 0 ? [words.gateChanges(gateChanges, turns)] : []),
    ...(unknownGates > 0 ? [words.unknownGates(unknownGates)] : []),
    ...(unknown ? [words.unknownRules(unknown)] : []),
  ];
  return words.sentence(parts);
}

/** How the mean of the health would move, never against what the rows show; null without any health. */
export function averageSentence(preview: ConfigurationPreview, t: Messages, format: Format): string | null {
  const { healthNow, healthNext, healthChanges, unknownRules } = sumsOf(preview);
  if (healthNow === null || healthNext === null) return null;
  const words = t.policy.preview;
  const step = shownChange(healthNow, healthNext);
  const isSeen = step !== 0 && Math.sign(step) === Math.sign(healthChanges);
  const said = isSeen
    ? words.average(format.score(healthNow), format.score(healthNext))
    : healthNow === healthNext
      ? words.averageSame(format.score(healthNow))
      : words.averageLess;
  return unknownRules > 0 ? words.asBefore(said) : words.averageOf(said);
}

import type { Messages } from '@/lib/i18n/messages';
import type { ConfigurationPreview } from '@/lib/schemas/configuration';
import { sumsOf } from './preview-order';

/** What the draft would do to the gates, in one sentence. */
export function previewSentence(preview: ConfigurationPreview, t: Messages): string {
  const { judged, gateChanges, moreFailing, fewerFailing, unknownGates } = sumsOf(preview);
  const words = t.policy.preview;
  if (judged === 0) return words.nothingJudged;
  if (gateChanges === 0 && unknownGates === 0) return words.noGateChanges;
  const parts = [
    ...(gateChanges > 0 ? [words.gateChanges(gateChanges)] : []),
    ...(moreFailing > 0 ? [words.moreFailing(moreFailing)] : []),
    ...(fewerFailing > 0 ? [words.fewerFailing(fewerFailing)] : []),
    ...(unknownGates > 0 ? [words.unknownGates(unknownGates)] : []),
  ];
  return words.sentence(parts);
}

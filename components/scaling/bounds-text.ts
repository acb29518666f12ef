import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { ScalingSettings } from '@/lib/schemas/scaling';

/** How many replicas a kind may have. */
export function boundsText(settings: ScalingSettings, t: Messages, format: Format): string {
  const { strategy, fixedReplicas, minReplicas, maxReplicas } = settings;
  const words = t.scaling.list;
  const isFixed = strategy === 'manual' || strategy === 'vpa';
  if (isFixed) return words.fixed(format.number(Math.min(maxReplicas, Math.max(minReplicas, fixedReplicas))));
  return words.between(format.number(minReplicas), format.number(maxReplicas));
}

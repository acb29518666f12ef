import { fill } from '@/lib/i18n/fill';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { RecommendedPolicy } from '@/lib/schemas/configuration';

/** Why something is recommended; the id of a reason that is newer than this page reads as itself. */
export function reasonWords({ id, data }: RecommendedPolicy['presetReason'], t: Messages, format: Format): string {
  const text = textOf(t.configuration.recommended, id);
  if (text === undefined) return id;
  const count = (value: string | number) => (typeof value === 'number' ? format.number(value, 1) : value);
  return fill(text, Object.fromEntries(Object.entries(data).map(([name, value]) => [name, count(value)])));
}

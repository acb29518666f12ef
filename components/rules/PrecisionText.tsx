import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleView } from '@/lib/schemas/magics';

interface PrecisionTextProps {
  precision: RuleView['precision'];
  t: Messages;
  format: Format;
}

/** How often the rule was right, in few words: a percentage only where there are enough labels for one. */
export function PrecisionText({ precision, t, format }: PrecisionTextProps) {
  const words = t.rules.precision;
  if (!precision || precision.labelled === 0) return words.none;
  const { labelled, share } = precision;
  const of = format.number(labelled);
  return share === null ? words.right(format.number(precision.true), of) : words.share(format.percent(share), of);
}

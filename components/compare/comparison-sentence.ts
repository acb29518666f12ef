import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { shownChange } from '@/lib/i18n/shown-change';
import { SEVERITIES } from '@/lib/magics/types';
import type { AuditComparison } from '@/lib/schemas/comparisons';

type Told = Pick<AuditComparison, 'changes'> & {
  from: Pick<AuditComparison['from'], 'healthScore'>;
  to: Pick<AuditComparison['to'], 'healthScore'>;
};

/** What differs, in a sentence with numbers. A change that rounds to nothing is none. */
export function comparisonSentence({ from, to, changes }: Told, t: Messages, format: Format): string {
  const words = t.compare;
  const count = (state: 'new' | 'fixed') =>
    format.number(SEVERITIES.reduce((sum, severity) => sum + (changes[state][severity] ?? 0), 0));
  const findings = words.findingsSentence(count('new'), count('fixed'));
  return `${healthSentence(from.healthScore, to.healthScore, words, format)} ${findings}`;
}

function healthSentence(from: number | null, to: number | null, words: Messages['compare'], format: Format): string {
  if (from === null || to === null) return words.healthUnknown;
  const [before, after] = [format.score(from), format.score(to)];
  const step = shownChange(from, to);
  if (step === 0) return words.healthSame(after);
  return (step > 0 ? words.healthRose : words.healthFell)(before, after, format.change(step));
}

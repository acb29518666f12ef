import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { Configuration } from '@/lib/schemas/configuration';
import { type Condition, limitsOf, NEW_CODE, TOTAL } from './conditions';

type Gate = Configuration['gate'];

/** What a gate asks, in whole sentences; the gravest first. */
export function gateSentences(gate: Gate, t: Messages, format: Format): string[] {
  const words = t.gate.sentence;
  const conditions = [...NEW_CODE, ...TOTAL];
  const said = (side: 'warn' | 'fail') =>
    conditions.flatMap((condition) => {
      const limit = limitsOf(gate, condition)[side];
      return limit === null ? [] : [conditionText(condition, limit, t, format)];
    });
  const fails = [...said('fail'), ...(gate.failedMagic === 'failed' ? [words.failedMagic] : [])];
  const warns = [...said('warn'), ...(gate.failedMagic === 'warning' ? [words.failedMagic] : [])];
  return [
    fails.length > 0 ? words.fails(fails) : words.neverFails,
    warns.length > 0 ? words.warns(warns) : words.neverWarns,
  ];
}

/** From where on code counts as new, and what is let pass in small changes. */
export function newCodeSentences({ newCode, smallChangeLines }: Gate, t: Messages, format: Format): string[] {
  const { since, small } = t.gate.sentence;
  const start =
    newCode.since === 'date'
      ? newCode.date === ''
        ? since.noDate
        : since.date(format.day(newCode.date))
      : newCode.since === 'tag'
        ? newCode.tag.trim() === ''
          ? since.noTag
          : since.tag(newCode.tag)
        : since[newCode.since];
  return [start, ...(smallChangeLines > 0 ? [small(format.number(smallChangeLines))] : [])];
}

function conditionText(condition: Condition, limit: number, t: Messages, format: Format): string {
  const words = t.gate.sentence;
  switch (condition.id) {
    case 'new-findings':
      return words.newFindings(t.common.severity[condition.severity], format.number(limit));
    case 'findings':
      return words.findings(t.common.severity[condition.severity], format.number(limit));
    case 'magic':
      return words.magic(t.common.magics[condition.magic], format.number(limit, 1));
    case 'health':
      return words.health(format.number(limit, 1));
    case 'new-coverage':
      return words.coverage(format.percent(limit, 1));
  }
}

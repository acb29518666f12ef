import { MAGIC_IDS } from '@/lib/magics/types';
import type { AuditSummary } from '@/lib/schemas/audits';
import type { Sentence } from '@/lib/schemas/common';
import { fill } from './fill';
import type { Messages } from './messages';
import { textOf } from './text-of';

/** Why a gate said what it said, with the values it asked for; empty while there is no verdict. */
export function gateWords({ gateReason }: Pick<AuditSummary, 'gateReason'>, t: Messages): string {
  if (!gateReason) return '';
  const { gateLeftOut, gateFirst, gateSince, gateSmall, gateNoBaseline } = t.project;
  const { leftOut, isFirst, baseline, noBaseline, smallLines } = gateReason.data;
  const words = [gateReason, ...(gateReason.also ?? [])].map((reason) => wordsOf(reason, t));
  if (isFirst === 1) words.push(gateFirst);
  if (typeof smallLines === 'number') words.push(gateSmall(String(smallLines)));
  if (typeof baseline === 'number') words.push(gateSince(String(baseline)));
  if (typeof noBaseline === 'string') words.push(textOf(gateNoBaseline, noBaseline) ?? '');
  if (typeof leftOut === 'number') words.push(gateLeftOut(leftOut));
  return words.join(t.common.semicolon);
}

function wordsOf({ id, data }: Sentence, t: Messages): string {
  const names = String(data.magics ?? '')
    .split(', ')
    .map((name) => MAGIC_IDS.find((magic) => magic === name))
    .flatMap((magic) => (magic ? t.common.magics[magic] : []));
  const severity = textOf(t.common.severity, String(data.severity ?? '')) ?? '';
  return fill(textOf(t.project.gateReasons, id) ?? '', { ...data, magics: names.join(t.common.comma), severity });
}

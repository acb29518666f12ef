import { fill } from '@/lib/i18n/fill';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditSummary } from '@/lib/schemas/audits';

/** Why a gate said what it said, with the values it asked for; empty while there is no verdict. */
export function gateWords({ gateReason }: Pick<AuditSummary, 'gateReason'>, t: Messages): string {
  if (!gateReason) return '';
  const { gateReasons, gateLeftOut } = t.project;
  const why = fill(textOf(gateReasons, gateReason.id) ?? '', gateReason.data);
  const leftOut = gateReason.data.leftOut;
  return typeof leftOut === 'number' ? `${why}${t.common.semicolon}${gateLeftOut(leftOut)}` : why;
}

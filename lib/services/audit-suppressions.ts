import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { bySuppressionPlace } from '@/lib/magics/suppress';
import { type MagicId, SUPPRESSION_STATES } from '@/lib/magics/types';
import type { AuditSuppressions, SuppressionUseView } from '@/lib/schemas/findings';
import { requireAudit } from './access';
import type { StoredResult } from './magic-rows';

/** All that the repository asked to let stand or to leave out, and what became of it in an audit. */
export async function listAuditSuppressions(ctx: Context, auditId: string): Promise<AuditSuppressions> {
  await requireAudit(ctx, auditId, 'project.read');
  const rows = await db().auditMagic.findMany({
    where: { auditId, NOT: { status: 'error' } },
    select: { magic: true, result: true },
    orderBy: { magic: 'asc' },
  });
  const results = rows.flatMap(({ magic, result }) =>
    result === null ? [] : [{ magic: magic as MagicId, result: result as unknown as Partial<StoredResult> }],
  );
  const items = results
    .flatMap(({ magic, result }) => (result.suppressions ?? []).map((use): SuppressionUseView => ({ ...use, magic })))
    .sort(bySuppressionPlace);
  const countOf = (state: string) => items.filter((item) => item.state === state).length;
  return {
    items,
    counts: Object.fromEntries(
      SUPPRESSION_STATES.map((state) => [state, countOf(state)]),
    ) as AuditSuppressions['counts'],
    settingsErrors: results.find(({ magic }) => magic === 'integrity')?.result.metrics?.settings_errors ?? 0,
    words: results.flatMap(({ result }) => (result.words ?? []).map((row) => ({ ...row, words: [...row.words] }))),
    ignored: results.find(({ result }) => result.ignored)?.result.ignored ?? null,
  };
}

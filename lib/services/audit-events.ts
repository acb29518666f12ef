import { query } from '@/lib/db/client';
import type { Logger } from '@/lib/logger';
import type { MagicId } from '@/lib/magics/types';
import { publishCompleted, publishUpdate } from '@/lib/realtime/publish';
import type { AuditSummary } from '@/lib/schemas/audits';
import { loadProgress } from './audit-progress';
import { loadMagicCards } from './magic-cards';

interface NumberedAudit {
  auditId: string;
  projectId: string;
  teamId: string;
  number: number;
  sequence: number;
  status: AuditSummary['status'];
  healthScore: number | null;
  gate: AuditSummary['gate'];
  resultHash: string | null;
}

/**
 * Tells every page where an audit stands, from what is stored: one event for each of these magics, else one. Numbers are
 * taken before the state is read, so an event shows at least what its number promises.
 */
export async function publishAuditUpdate(auditId: string, magics: readonly MagicId[] = []): Promise<void> {
  const events = Math.max(1, magics.length);
  const [audit] = await query<NumberedAudit>`
    update audits a set event_sequence = event_sequence + ${events}
    from projects p where a.id = ${auditId}::uuid and p.id = a.project_id and a.as_of is null
    returning a.id as "auditId", p.id as "projectId", p.team_id as "teamId", a.number, a.event_sequence as sequence,
      a.status::text, a.health_score as "healthScore", a.gate, a.result_hash as "resultHash"`;
  if (!audit) return;
  const { status, healthScore, gate, resultHash, ...base } = audit;
  const [progress, cards] = await Promise.all([
    loadProgress(auditId),
    magics.length > 0 ? loadMagicCards(base.projectId, auditId) : [],
  ]);
  if (status === 'queued' || status === 'running') {
    // In order, as far as the way allows: a page that sees a gap reads the state again.
    for (let place = 0; place < events; place += 1) {
      const magic = cards.find((card) => card.magic === magics[place]) ?? null;
      await publishUpdate({ ...base, sequence: base.sequence - events + 1 + place, progress, magic });
    }
  } else await publishCompleted({ ...base, progress, healthScore, gate, resultHash });
}

/** The same after a request whose write stands: pages that miss the event are right after the next one or a reload. */
export async function announceAudit(auditId: string, log: Logger): Promise<void> {
  try {
    await publishAuditUpdate(auditId);
  } catch (err) {
    log.warn({ err, auditId }, 'event could not be sent');
  }
}

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { limitKeyOf } from '@/lib/auth/client-address';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { asSystem } from '@/lib/auth/tenants';
import { db, pool } from '@/lib/db/client';
import { type BadgeFacts, buildBadge } from '@/lib/reports/badge';
import type { BadgeRequest } from '@/lib/schemas/badges';
import { ofGateAuditSql } from './chosen-magics';
import { readConfiguration } from './configuration-layers';
import { loadMagicCards } from './magic-cards';

/** A page of badges asks for several at once, and proxies of hosts ask for many readers. */
const ASKED = 600;
const WINDOW_MS = 60_000;
const Id = z.uuid();
const asked = createRateLimiter(ASKED, WINDOW_MS);

export interface Badge {
  svg: string;
  etag: string;
  /** False for every project that shows none, whether there is such a project or not. */
  isKnown: boolean;
}

/** The badge of a project, for anybody: no permission is asked. Throws `rate_limited` for an address that asks too much. */
export async function getBadge(
  address: string | undefined,
  projectId: string,
  { metric, language }: BadgeRequest,
): Promise<Badge> {
  asked.take(limitKeyOf(address));
  const facts = Id.safeParse(projectId).success ? await asSystem(() => findFacts(projectId)) : null;
  const svg = buildBadge(metric, facts, language);
  const etag = `"${createHash('sha256').update(svg).digest('hex').slice(0, 24)}"`;
  return { svg, etag, isKnown: facts !== null };
}

/** null unless the project's badge is public and the team lets projects do that. */
async function findFacts(projectId: string): Promise<BadgeFacts | null> {
  const project = await db().project.findFirst({
    where: { id: projectId, publicBadge: true },
    select: {
      currentAuditId: true,
      currentAudit: { select: { healthScore: true } },
      team: { select: { policy: true } },
    },
  });
  if (!project || !readConfiguration(project.team.policy).publicBadge) return null;
  const [cards, gates] = await Promise.all([
    loadMagicCards(projectId, project.currentAuditId),
    pool().query<{ gate: BadgeFacts['gate'] }>({
      name: 'badge-gate',
      text: `select ${ofGateAuditSql('gate')} as gate from projects p join audits current on current.id = p.current_audit_id
        where p.id = $1::uuid`,
      values: [projectId],
    }),
  ]);
  const weighed = cards.filter(({ weight }) => weight > 0);
  return {
    health: project.currentAudit?.healthScore ?? null,
    judged: weighed.filter(({ score }) => score !== null).length,
    asked: weighed.length,
    gate: gates.rows[0]?.gate ?? null,
    magics: Object.fromEntries(cards.map(({ magic, status, score, coverage }) => [magic, { status, score, coverage }])),
  };
}

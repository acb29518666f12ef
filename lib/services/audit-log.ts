import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import type { AuditLogEntryView, AuditLogFilter, AuditLogPage } from '@/lib/schemas/audit-log';
import { decodeCursor, encodeCursor } from './cursor';

const Place = z.tuple([z.string().regex(/^\d{1,18}$/)]);
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What was changed or refused in a team, newest first. */
export async function listAuditLog(ctx: Context, teamId: string, filter: AuditLogFilter): Promise<AuditLogPage> {
  requirePermission(ctx, teamId, 'log.read');
  const [before] = decodeCursor(filter.cursor, Place) ?? [null];
  const { action, actorId, limit } = filter;
  const rows = await db().auditLogEntry.findMany({
    where: {
      teamId,
      ...(before && { id: { lt: BigInt(before) } }),
      ...(action && { OR: [{ action }, { action: { startsWith: `${action}.` } }] }),
      ...(actorId && { actorId }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const [people, targets] = await Promise.all([
    namesOf(page.flatMap(({ actorId: id }) => id ?? [])),
    targetNames(
      teamId,
      page.flatMap(({ target }) => (target && UUID.test(target) ? target : [])),
    ),
  ]);
  const items = page.map((row): AuditLogEntryView => {
    const name = row.actorId ? people.get(row.actorId) : undefined;
    return {
      sequence: row.sequence,
      at: row.at.toISOString(),
      action: row.action,
      actor: row.actorId && name !== undefined ? { userId: row.actorId, name } : null,
      target: row.target,
      targetName: (row.target && targets.get(row.target)) ?? null,
      address: row.address,
      before: row.before,
      after: row.after,
      detail: row.detail,
      hash: row.hash,
    };
  });
  const last = page.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([String(last.id)]) : null };
}

/** Kinds of change that the team's log holds, for a filter. */
export async function listAuditLogActions(ctx: Context, teamId: string): Promise<{ items: string[] }> {
  requirePermission(ctx, teamId, 'log.read');
  // From one kind to the next by the index: a log has few of them, and entries without end.
  const rows = await query<{ action: string }>`
    with recursive kinds as (
      (select action from audit_log where team_id = ${teamId}::uuid order by action limit 1)
      union all
      select (select action from audit_log where team_id = ${teamId}::uuid and action > kinds.action order by action limit 1)
      from kinds where kinds.action is not null)
    select action from kinds where action is not null`;
  return { items: rows.map(({ action }) => action) };
}

async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  const people = await db().user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Of the team's own things only: a log may name what belongs to nobody any more, never what belongs to others. */
async function targetNames(teamId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const among = { id: { in: [...new Set(ids)] } };
  const [projects, audits, members] = await Promise.all([
    db().project.findMany({ where: { ...among, teamId }, select: { id: true, name: true } }),
    db().audit.findMany({
      where: { ...among, project: { teamId } },
      select: { id: true, number: true, project: { select: { name: true } } },
    }),
    db().user.findMany({ where: { ...among, memberships: { some: { teamId } } }, select: { id: true, name: true } }),
  ]);
  return new Map([
    ...[...projects, ...members].map(({ id, name }) => [id, name] as const),
    ...audits.map(({ id, number, project }) => [id, `${project.name} #${number}`] as const),
  ]);
}

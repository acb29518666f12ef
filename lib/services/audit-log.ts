import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import type { AuditLogEntryView, AuditLogFilter, AuditLogPage } from '@/lib/schemas/audit-log';
import { decodeCursor, encodeCursor } from './cursor';
import { findLoggedThings, nameOfThing } from './logged-things';

const Place = z.tuple([z.string().regex(/^\d{1,18}$/)]);

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
  const [people, things] = await Promise.all([
    namesOf(page.flatMap(({ actorId: id }) => id ?? [])),
    findLoggedThings(teamId, page),
  ]);
  const items = page.map((row): AuditLogEntryView => {
    const name = row.actorId ? people.get(row.actorId) : undefined;
    const thing = row.target ? things.get(row.target) : undefined;
    return {
      sequence: row.sequence,
      at: row.at.toISOString(),
      action: row.action,
      actor: row.actorId && name !== undefined ? { userId: row.actorId, name } : null,
      target: row.target,
      targetName: thing ? nameOfThing(thing) : null,
      address: row.address,
      before: row.before,
      after: row.after,
      detail: row.detail,
      hash: row.hash,
    };
  });
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor([String(last.id)]) : null;
  return { items, things: Object.fromEntries(things), nextCursor };
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

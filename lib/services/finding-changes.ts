import { randomUUID } from 'node:crypto';
import type { Tx } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Verdict } from '@/lib/magics/types';
import { lockVerdicts } from './finding-verdicts';

export interface StoredVerdict {
  verdict: Verdict;
  reason: string;
  /** `2026-12-31` */
  until: string | null;
}

/** What a finding is to become; what is left out stays. */
export interface WantedFinding {
  findingId: string;
  verdict?: StoredVerdict | null;
  assigneeId?: string | null;
}

interface KnownFinding {
  id: string;
  projectId: string;
  verdictId: string | null;
  verdict: StoredVerdict | null;
  assigneeId: string | null;
}

export interface AppliedChange {
  /** null when nothing changed. */
  changeId: string | null;
  /** With what they were before, in the order of their fingerprints. */
  changed: { findingId: string; projectId: string; before: Part; after: Part }[];
}

interface Part {
  verdict?: StoredVerdict | null;
  assigneeId?: string | null;
}

const CHUNK = 5_000;

/**
 * Changes findings as one change that can be taken back. Those that are like that already stay untouched. The caller has
 * checked that the asker may.
 */
export async function applyChanges(
  tx: Tx,
  actorId: string | null,
  projectIds: readonly string[],
  wanted: readonly WantedFinding[],
): Promise<AppliedChange> {
  await lockVerdicts(tx, projectIds);
  const known = await lockFindings(
    tx,
    projectIds,
    wanted.map(({ findingId }) => findingId),
  );
  const byId = new Map(wanted.map((one) => [one.findingId, one]));
  const changed = known.flatMap((row) => {
    const change = differenceOf(row, byId.get(row.id) ?? { findingId: row.id });
    return change ? [{ row, ...change }] : [];
  });
  if (changed.length === 0) return { changeId: null, changed: [] };
  const changeId = randomUUID();
  for (let start = 0; start < changed.length; start += CHUNK) {
    await write(tx, { actorId, changeId }, changed.slice(start, start + CHUNK));
  }
  return {
    changeId,
    changed: changed.map(({ row, before, after }) => ({ findingId: row.id, projectId: row.projectId, before, after })),
  };
}

/** In the order in which audits take them. */
async function lockFindings(
  tx: Tx,
  projectIds: readonly string[],
  findingIds: readonly string[],
): Promise<KnownFinding[]> {
  const rows = await tx.$queryRaw<
    (Omit<KnownFinding, 'verdict'> & { verdict: Verdict | null; reason: string; until: string | null })[]
  >`
    select f.id, f.project_id as "projectId", f.verdict_id as "verdictId", f.assignee_id as "assigneeId",
      v.verdict, v.reason, v.until::text
    from findings f left join finding_verdicts v on v.id = f.verdict_id
    where f.id = any(${findingIds}::uuid[]) and f.project_id = any(${projectIds}::uuid[])
    order by f.fingerprint, f.id for update of f`;
  return rows.map(({ verdict, reason, until, ...row }) => ({ ...row, verdict: verdict && { verdict, reason, until } }));
}

function differenceOf(row: KnownFinding, wanted: WantedFinding): { before: Part; after: Part } | null {
  const before: Part = {};
  const after: Part = {};
  if (wanted.verdict !== undefined && !isSame(row.verdict, wanted.verdict)) {
    before.verdict = row.verdict;
    after.verdict = wanted.verdict;
  }
  if (wanted.assigneeId !== undefined && row.assigneeId !== wanted.assigneeId) {
    before.assigneeId = row.assigneeId;
    after.assigneeId = wanted.assigneeId;
  }
  return Object.keys(after).length > 0 ? { before, after } : null;
}

export function isSame(a: StoredVerdict | null, b: StoredVerdict | null): boolean {
  return a?.verdict === b?.verdict && a?.reason === b?.reason && (a?.until ?? null) === (b?.until ?? null);
}

interface Changed {
  row: KnownFinding;
  before: Part;
  after: Part;
}

async function write(
  tx: Tx,
  { actorId, changeId }: { actorId: string | null; changeId: string },
  changed: readonly Changed[],
): Promise<void> {
  const judged = changed.filter(({ after }) => after.verdict !== undefined);
  const ended = judged.flatMap(({ row }) => row.verdictId ?? []);
  const given = judged.map(({ row, after }) => ({ findingId: row.id, projectId: row.projectId, ...after.verdict }));
  if (judged.length > 0) {
    await tx.$executeRaw`
      update finding_verdicts set ended_at = greatest(clock_timestamp(), given_at) where id = any(${ended}::uuid[])`;
    await tx.$executeRaw`
      with given as (
        insert into finding_verdicts (id, project_id, finding_id, verdict, reason, until, given_by_id, given_at)
        select gen_random_uuid(), g."projectId", g."findingId", g.verdict, g.reason, g.until, ${actorId}::uuid,
          clock_timestamp()
        from ${recordset(given)} where g.verdict is not null
        returning id, finding_id)
      update findings f set verdict = g.verdict, verdict_until = g.until, verdict_id = given.id
      from ${recordset(given)} left join given on given.finding_id = g."findingId"
      where f.id = g."findingId"`;
  }
  const assigned = changed.filter(({ after }) => after.assigneeId !== undefined);
  if (assigned.length > 0) {
    const rows = assigned.map(({ row, after }) => ({ findingId: row.id, assigneeId: after.assigneeId }));
    await tx.$executeRaw`
      update findings f set assignee_id = a."assigneeId"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a ("findingId" uuid, "assigneeId" uuid)
      where f.id = a."findingId"`;
  }
  const events = changed.flatMap(({ row, before, after }) => [
    ...(after.verdict === undefined
      ? []
      : [{ ...placeOf(row), kind: 'verdict', before: before.verdict, after: after.verdict }]),
    ...(after.assigneeId === undefined
      ? []
      : [{ ...placeOf(row), kind: 'assignee', before: before.assigneeId, after: after.assigneeId }]),
  ]);
  await tx.$executeRaw`
    insert into finding_events (project_id, finding_id, change_id, kind, before, after, actor_id, at)
    select e."projectId", e."findingId", ${changeId}::uuid, e.kind, nullif(e.before, 'null'::jsonb),
      nullif(e.after, 'null'::jsonb), ${actorId}::uuid, clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e ("projectId" uuid, "findingId" uuid, kind text, before jsonb, after jsonb)`;
}

const placeOf = ({ id, projectId }: KnownFinding) => ({ findingId: id, projectId });

function recordset(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as g ("findingId" uuid, "projectId" uuid, verdict text, reason text, until date)`;
}

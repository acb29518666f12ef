import { cleanJson } from '@/lib/clean-text';
import { db, type Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { FactName } from '@/lib/magics/facts';
import { packJson, unpackJson } from './packed-json';

const SOURCE = { id: true, number: true, commitId: true } as const;

export type MapKind = 'hotspots' | 'components' | 'dependencies' | 'unread';

/** What the audit was judged by, see `kept-facts`. */
export type FactsKind = 'facts' | `facts:${FactName}`;

export interface PackedMap {
  kind: MapKind | FactsKind;
  data: Uint8Array<ArrayBuffer>;
}

interface MapSource {
  auditId: string;
  auditNumber: number;
  commitId: string;
}

interface LoadedMap<Value> extends MapSource {
  value: Value;
}

export async function packMap(kind: MapKind, value: object): Promise<PackedMap> {
  return { kind, data: await packJson(cleanJson(value)) };
}

export async function saveMap(tx: Tx, auditId: string, { kind, data }: PackedMap): Promise<void> {
  const auditId_kind = { auditId, kind };
  await tx.auditMap.upsert({ where: { auditId_kind }, create: { auditId, kind, data }, update: { data } });
}

/** Maps of earlier audits of the branch that the audit drew anew; what is still to be judged again keeps its facts. */
export async function dropOlderMaps(tx: Tx, auditId: string): Promise<void> {
  await tx.$executeRaw`
    delete from audit_maps old using audits this, audits before, audit_maps drawn
    where this.id = ${auditId}::uuid and drawn.audit_id = this.id
      and before.project_id = this.project_id and before.branch = this.branch and before.number < this.number
      and old.audit_id = before.id
      and (old.kind = drawn.kind or drawn.kind = 'facts' and old.kind like 'facts:%')
      and not ((old.kind = 'facts' or old.kind like 'facts:%')
        and exists (select from audit_rechecks r where r.audit_id = before.id and r.state = 'waiting'))`;
}

/** Of the newest audit of the branch that drew one. */
export async function loadMap<Value>(
  projectId: string,
  branch: string,
  kind: MapKind,
): Promise<LoadedMap<Value> | null> {
  const row = await db().auditMap.findFirst({
    ...newestOf(projectId, branch, kind),
    select: { data: true, audit: { select: SOURCE } },
  });
  return row && { ...toSource(row.audit), value: await unpackJson<Value>(row.data) };
}

/** Where `loadMap` would take it from. */
export async function findMapSource(projectId: string, branch: string, kind: MapKind): Promise<MapSource | null> {
  const row = await db().auditMap.findFirst({
    ...newestOf(projectId, branch, kind),
    select: { audit: { select: SOURCE } },
  });
  return row && toSource(row.audit);
}

/** What this audit drew itself, or whether a newer audit of its branch has taken the place of it. */
export async function loadMapOf<Value>(
  auditId: string,
  kind: MapKind,
): Promise<{ value: Value | null; isReplaced: boolean }> {
  const audit = await db().audit.findFirst({
    where: { id: auditId },
    select: { projectId: true, branch: true, number: true, maps: { where: { kind }, select: { data: true } } },
  });
  const [map] = audit?.maps ?? [];
  if (map) return { value: await unpackJson<Value>(map.data), isReplaced: false };
  const newer = audit && {
    kind,
    audit: { projectId: audit.projectId, branch: audit.branch, number: { gt: audit.number } },
  };
  return { value: null, isReplaced: newer !== null && (await db().auditMap.count({ where: newer })) > 0 };
}

function newestOf(projectId: string, branch: string, kind: MapKind) {
  return {
    where: { kind, audit: { projectId, branch, status: { in: ['completed', 'partial'] } } },
    orderBy: { audit: { number: 'desc' } },
  } satisfies Prisma.AuditMapFindFirstArgs;
}

function toSource({ id, number, commitId }: { id: string; number: number; commitId: string | null }): MapSource {
  return { auditId: id, auditNumber: number, commitId: commitId ?? '' };
}

import { query } from '@/lib/db/client';
import { env } from '@/lib/env';
import type { ObjectStore } from '@/lib/objects/object-store';
import { isStoreShared, openObjectStore } from '@/lib/objects/open-store';
import { AUDIT_OBJECTS, folderOf, ownerOf } from './audit-objects';
import type { AuditRun } from './audit-run';

/** What is of no team here may be of another installation with the same bucket; so old it is of none. */
const STRANGE_AFTER_MS = 2 * 24 * 3_600_000;
const ASKED_AT_ONCE = 1_000;

/** Removes what an audit that ended kept in the store. */
export async function dropAuditObjects(run: Pick<AuditRun, 'teamId' | 'auditId' | 'attempt' | 'packs'>): Promise<void> {
  if (run.packs === null) return;
  using store = await openObjectStore(env());
  for await (const { key } of store.list(folderOf(run))) await store.delete(key);
}

/**
 * Removes what audits left in the store: those that failed or were cancelled, attempts before the last, and what a worker wrote
 * that woke up late. Gives how many objects.
 */
export async function sweepAuditObjects(signal?: AbortSignal, now = new Date()): Promise<number> {
  if (!isStoreShared(env())) return 0;
  using store = await openObjectStore(env());
  let removed = 0;
  let batch: { key: string; modifiedAt: Date }[] = [];
  for await (const object of store.list(AUDIT_OBJECTS)) {
    if (signal?.aborted) return removed;
    batch.push(object);
    if (batch.length < ASKED_AT_ONCE) continue;
    removed += await sweepBatch(store, batch, now);
    batch = [];
  }
  return removed + (await sweepBatch(store, batch, now));
}

async function sweepBatch(
  store: ObjectStore,
  objects: readonly { key: string; modifiedAt: Date }[],
  now: Date,
): Promise<number> {
  const owners = objects.flatMap(({ key }) => ownerOf(key) ?? []);
  const ids = [...new Set(owners.map(({ auditId }) => auditId))];
  const rows = await query<{ id: string; attempt: number; isRunning: boolean }>`
    select id, attempt, status in ('queued', 'running') as "isRunning" from audits where id = any(${ids}::uuid[])`;
  const audits = new Map(rows.map((row) => [row.id, row]));
  const teamIds = [...new Set(owners.map(({ teamId }) => teamId))];
  const teams = await query<{ id: string }>`select id from teams where id = any(${teamIds}::uuid[])`;
  const ours = new Set(teams.map(({ id }) => id));
  const unused = objects.filter(({ key, modifiedAt }) => {
    const owner = ownerOf(key);
    const audit = owner && audits.get(owner.auditId);
    if (audit) return !audit.isRunning || audit.attempt > owner.attempt;
    // Its project was deleted.
    if (owner && ours.has(owner.teamId)) return true;
    return now.getTime() - modifiedAt.getTime() > STRANGE_AFTER_MS;
  });
  for (const { key } of unused) await store.delete(key);
  return unused.length;
}

import { hostname } from 'node:os';
import * as z from 'zod';
import { db, query } from '@/lib/db/client';
import { JOBS } from '@/lib/queues/catalog';
import { setJobAside } from './failed-jobs';

/** As long as a job of another release is left alone in the queue. */
const LEFT_ALONE_HOURS = 24;
const BATCH = 200;

interface UnreadableJob {
  name: string;
  payload: unknown;
  tries: number;
  worker: string;
}

/**
 * Drops jobs of the outbox that no process of their release took for a day, as after going back to an older one: audits whose
 * job is in no queue and no outbox are then mended. Gives how many.
 */
export async function dropUnreadableJobs(): Promise<number> {
  const rows = await query<{ id: string; name: string; payload: unknown }>`
    select o.id::text, o.name, o.payload from outbox_jobs o
    where o.created_at < now() - ${LEFT_ALONE_HOURS} * interval '1 hour' and not exists (
      select from unnest(${Object.keys(JOBS)}::text[], ${Object.values(JOBS).map(({ version }) => version)}::int[])
        as known (name, version)
      where known.name = o.name and coalesce((o.payload ->> 'version')::int, 1) <= known.version)
    order by o.id limit ${BATCH}::int`;
  for (const { name, payload } of rows) await setUnreadableAside({ name, payload, tries: 0, worker: hostname() });
  await query`delete from outbox_jobs where id = any(${rows.map(({ id }) => id)}::bigint[])`;
  return rows.length;
}

/** Keeps a job that this release cannot read and that is dropped, unless its audit asks for it anew. */
export async function setUnreadableAside({ name, payload, tries, worker }: UnreadableJob): Promise<void> {
  if (name.startsWith('audit.') && Object.hasOwn(JOBS, name)) return;
  const job = { name, payload: idsIn(payload), errorCode: 'unprocessable', tries, worker };
  await db().$transaction((tx) => setJobAside(tx, job));
}

/** Whatever else a later release writes is not for ours to show or look up. */
function idsIn(payload: unknown): Record<string, string> {
  const entries = Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(payload));
  return Object.fromEntries(entries.flatMap(([name, value]) => (isUuid(value) ? [[name, value]] : [])));
}

function isUuid(value: unknown): value is string {
  return z.uuid().safeParse(value).success;
}

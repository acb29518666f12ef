import * as z from 'zod';
import { Prisma } from '@/lib/db/generated/client';
import type { ErrorCode } from '@/lib/errors';
import { KnownObject } from '@/lib/objects/known-object';

/** What the packing of one shard came to: a pack, nothing that is to be read, or why Git could not give it. */
const ShardPack = z.union([
  KnownObject,
  z.null(),
  z.object({ problem: z.custom<ErrorCode>((code) => typeof code === 'string') }),
]);

/** A pack for each shard, in their order; of one try of one attempt, so that what another one wrote is not mixed in. */
export const AuditPacks = z.object({ shards: z.array(ShardPack) });
export type AuditPacks = z.infer<typeof AuditPacks>;

/** Columns of an audit that ended, or begins anew: what it kept in the object store is of no more use. */
export const NO_OBJECTS = { packs: Prisma.DbNull, factsObject: Prisma.DbNull } as const;

/** All that audits keep in the object store while they run. */
export const AUDIT_OBJECTS = 'packs/';

/** Where an attempt of an audit keeps what it does. */
export function folderOf({ teamId, auditId, attempt }: { teamId: string; auditId: string; attempt: number }): string {
  return `${AUDIT_OBJECTS}${teamId}/${auditId}/${attempt}/`;
}

/** Whose object it is; null when no audit of this release would name one so. */
export function ownerOf(key: string): z.infer<typeof Owner> | null {
  const [, teamId, auditId, attempt] = key.split('/');
  return Owner.safeParse({ teamId, auditId, attempt }).data ?? null;
}

const Owner = z.object({ teamId: z.uuid(), auditId: z.uuid(), attempt: z.coerce.number().int().positive() });

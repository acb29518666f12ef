import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { db, type Tx } from '@/lib/db/client';
import type { ConfigurationVersion, Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type {
  Configuration,
  PresetKey,
  ProjectOverride,
  VersionConflict,
  VersionSummary,
} from '@/lib/schemas/configuration';
import { decodeCursor, encodeCursor } from './cursor';

/** A team's own versions, or those of one of its projects. */
export interface VersionOwner {
  teamId: string;
  projectId: string | null;
}

interface NewVersion extends VersionOwner {
  number: number;
  configuration: Configuration | ProjectOverride;
  preset: PresetKey | null;
  reason: string;
  restoredFrom: number | null;
  changes: number;
}

const Place = z.tuple([z.int().positive()]);
const PERSON = { changedBy: { select: { id: true, name: true } } } as const;

type Row = ConfigurationVersion & { changedBy: { id: string; name: string } | null };

/** Keeps a version for good. The caller holds what it is of. */
export async function addVersion(tx: Tx, ctx: Context, version: NewVersion): Promise<void> {
  const { configuration, ...values } = version;
  await tx.configurationVersion.create({
    data: {
      ...values,
      configuration: configuration as unknown as Prisma.InputJsonObject,
      changedById: ctx.userId,
    },
  });
}

interface SeenVersion<Kept extends VersionConflict['current']> {
  yours: number;
  current: number;
  configuration: Kept;
}

/** Throws `conflict` for who has not seen what is current, with all they need to go on. `team`: what an override lies on. */
export async function refuseOldVersion(
  tx: Tx,
  owner: VersionOwner,
  { yours, current, configuration }: SeenVersion<VersionConflict['current']>,
  team: SeenVersion<Configuration> | null = null,
): Promise<void> {
  const isOld = yours !== current;
  if (!isOld && (!team || team.yours === team.current)) return;
  const saved =
    isOld || !team
      ? await findVersion(tx, owner, current)
      : await findVersion(tx, { ...owner, projectId: null }, team.current);
  const details: VersionConflict = {
    yourVersion: yours,
    currentVersion: current,
    current: configuration,
    changedBy: saved?.changedBy ? { userId: saved.changedBy.id, name: saved.changedBy.name } : null,
    changedAt: saved?.changedAt.toISOString() ?? null,
    ...(team && {
      team: { yourVersion: team.yours, currentVersion: team.current, current: team.configuration },
    }),
  };
  const [field, seen, now] = isOld || !team ? ['version', yours, current] : ['teamVersion', team.yours, team.current];
  throw new AppError('conflict', `${field}: ${seen} is not the current one, which is ${now}`, {
    details: { ...details },
  });
}

export function findVersion(
  tx: Pick<Tx, 'configurationVersion'>,
  owner: VersionOwner,
  number: number,
): Promise<Row | null> {
  return tx.configurationVersion.findFirst({ where: { ...owner, number }, include: PERSON });
}

/** Newest first. The caller has checked that the asker may see them. */
export async function loadVersionPage(
  owner: VersionOwner,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: VersionSummary[]; nextCursor: string | null }> {
  const [below] = decodeCursor(cursor, Place) ?? [null];
  const rows = await db().configurationVersion.findMany({
    where: { ...owner, ...(below !== null && { number: { lt: below } }) },
    include: PERSON,
    orderBy: { number: 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toVersionSummary),
    nextCursor: last && rows.length > limit ? encodeCursor([last.number]) : null,
  };
}

export function toVersionSummary(row: Row): VersionSummary {
  return {
    version: row.number,
    preset: row.preset as PresetKey | null,
    reason: row.reason,
    restoredFrom: row.restoredFrom,
    changedBy: row.changedBy && { userId: row.changedBy.id, name: row.changedBy.name },
    changedAt: row.changedAt.toISOString(),
    changes: row.changes,
  };
}

import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordChange } from './change-log';

/** Whether the asker sees to the installation itself: an owner of the team that owns it. */
export async function isInstanceOwner(ctx: Context): Promise<boolean> {
  const teamId = await ownerTeamId();
  return teamId !== null && hasPermission(ctx, teamId, 'instance.manage');
}

/** `not_found` for everybody but that team, `forbidden` for its lesser roles. */
export async function requireInstanceOwner(ctx: Context): Promise<void> {
  const teamId = await ownerTeamId();
  if (teamId === null) throw new AppError('not_found', 'nobody owns the installation');
  requirePermission(ctx, teamId, 'instance.manage');
}

export interface OwnerChoice {
  teamId: string;
  teamName: string;
  createdAt: string;
  isOwner: boolean;
}

/** All teams, oldest first. For whoever operates the installation. */
export async function listOwnerChoices(): Promise<OwnerChoice[]> {
  const owner = await ownerTeamId();
  const teams = await db().team.findMany({
    select: { id: true, name: true, createdAt: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return teams.map(({ id, name, createdAt }) => ({
    teamId: id,
    teamName: name,
    createdAt: createdAt.toISOString(),
    isOwner: id === owner,
  }));
}

/** Gives the installation to a team; false where there is no such team. For whoever operates the installation. */
export async function setOwnerTeam(teamId: string): Promise<boolean> {
  if (!isUuid(teamId)) return false;
  return db().$transaction(async (tx) => {
    if ((await tx.team.count({ where: { id: teamId } })) === 0) return false;
    const before = await tx.instance.findFirst({ select: { ownerTeamId: true } });
    await tx.instance.updateMany({ data: { ownerTeamId: teamId } });
    const change = { before: { ownerTeamId: before?.ownerTeamId ?? null }, after: { ownerTeamId: teamId } };
    await recordChange(tx, OPERATOR, { action: 'instance.owner_changed', teamId: null, target: teamId, ...change });
    return true;
  });
}

/** Somebody with the settings of the product, whom it does not know. */
const OPERATOR = { userId: null, address: null } as const;

const isUuid = (text: string): boolean => z.uuid().safeParse(text).success;

/** Of the installation; null until the first team is made, or an operator names one. */
export async function ownerTeamId(): Promise<string | null> {
  const instance = await db().instance.findFirst({ select: { ownerTeamId: true } });
  return instance?.ownerTeamId ?? null;
}

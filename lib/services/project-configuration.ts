import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { PageRequest } from '@/lib/schemas/common';
import type {
  OverrideRequest,
  OverrideRestoreRequest,
  OverrideVersionDetail,
  ProjectConfigurationView,
  VersionPage,
} from '@/lib/schemas/configuration';
import { differencesOf } from '@/lib/schemas/differences';
import { requireProject } from './access';
import { recordChange } from './change-log';
import { checkOverride } from './configuration-check';
import {
  effectiveConfiguration,
  PROJECT_ROW,
  readConfiguration,
  readOverride,
  sectionsWithoutEffect,
} from './configuration-layers';
import { addVersion, findVersion, loadVersionPage, refuseOldVersion, toVersionSummary } from './configuration-versions';
import { holdTeam } from './team-members';

const ROW = { ...PROJECT_ROW, overrideVersion: true } as const;

/** What a project sets for itself, and what holds for it. */
export async function getProjectConfiguration(ctx: Context, projectId: string): Promise<ProjectConfigurationView> {
  const { teamId } = await requireProject(ctx, projectId, 'project.read');
  const row = await db().project.findFirstOrThrow({ where: { id: projectId }, select: ROW });
  const team = readConfiguration(row.team.policy);
  const override = readOverride(row.policyOverride);
  const effective = effectiveConfiguration(row);
  const saved = await findVersion(db(), { teamId, projectId }, row.overrideVersion);
  const summary = saved && toVersionSummary(saved);
  return {
    projectId,
    teamId,
    override,
    team,
    effective,
    overridden: differencesOf(team, effective),
    allowed: team.overrides,
    withoutEffect: sectionsWithoutEffect(team, override),
    version: row.overrideVersion,
    teamVersion: row.team.configurationVersion,
    reason: summary?.reason ?? null,
    changedBy: summary?.changedBy ?? null,
    changedAt: summary?.changedAt ?? null,
    canChange: hasPermission(ctx, teamId, 'policy.manage'),
  };
}

/** Versions of what the project sets for itself, newest first. */
export async function listOverrideVersions(ctx: Context, projectId: string, page: PageRequest): Promise<VersionPage> {
  const { teamId } = await requireProject(ctx, projectId, 'project.read');
  return loadVersionPage({ teamId, projectId }, page);
}

/** One version of it and what it changed. */
export async function getOverrideVersion(
  ctx: Context,
  projectId: string,
  number: number,
): Promise<OverrideVersionDetail> {
  const { teamId, overrideVersion } = await requireProject(ctx, projectId, 'project.read');
  const owner = { teamId, projectId };
  const [row, before] = await Promise.all([findVersion(db(), owner, number), findVersion(db(), owner, number - 1)]);
  if (!row) throw new AppError('not_found', 'no such version');
  const override = readOverride(row.configuration);
  return {
    ...toVersionSummary(row),
    override,
    differences: differencesOf(readOverride(before?.configuration), override),
    isCurrent: number === overrideVersion,
  };
}

/** What is answered is read back: who may not read it is refused before anything changes. */
async function requireChange(ctx: Context, projectId: string) {
  const project = await requireProject(ctx, projectId, 'policy.manage');
  requirePermission(ctx, project.teamId, 'project.read');
  return project;
}

/** Takes effect with the project's next audit. What is already so makes no version. */
export async function saveProjectConfiguration(
  ctx: Context,
  projectId: string,
  { override, ...request }: OverrideRequest,
): Promise<ProjectConfigurationView> {
  await requireChange(ctx, projectId);
  await replaceOverride(ctx, projectId, { ...request, override, restoredFrom: null });
  return getProjectConfiguration(ctx, projectId);
}

/** Makes an earlier version current again, as a version of its own. What the team allows no more is refused by name. */
export async function restoreProjectConfiguration(
  ctx: Context,
  projectId: string,
  { version: restoredFrom, currentVersion, teamVersion, reason }: OverrideRestoreRequest,
): Promise<ProjectConfigurationView> {
  const { teamId } = await requireChange(ctx, projectId);
  const old = await findVersion(db(), { teamId, projectId }, restoredFrom);
  if (!old) throw new AppError('not_found', 'no such version');
  const override = readOverride(old.configuration);
  await replaceOverride(ctx, projectId, { version: currentVersion, teamVersion, reason, override, restoredFrom });
  return getProjectConfiguration(ctx, projectId);
}

interface Replacement extends OverrideRequest {
  restoredFrom: number | null;
}

async function replaceOverride(
  ctx: Context,
  projectId: string,
  { version: yours, teamVersion, override: asked, reason, restoredFrom }: Replacement,
): Promise<void> {
  const { teamId } = await requireProject(ctx, projectId, 'policy.manage');
  await db().$transaction(async (tx) => {
    await holdTeam(tx, ctx, teamId, 'policy.manage');
    const row = await tx.project.findFirstOrThrow({ where: { id: projectId }, select: ROW });
    const before = readOverride(row.policyOverride);
    const owner = { teamId, projectId };
    const team = readConfiguration(row.team.policy);
    await refuseOldVersion(
      tx,
      owner,
      { yours, current: row.overrideVersion, configuration: before },
      { yours: teamVersion, current: row.team.configurationVersion, configuration: team },
    );
    const override = checkOverride(team, asked);
    const differences = differencesOf(before, override);
    if (differences.length === 0) return;
    const number = row.overrideVersion + 1;
    await tx.project.update({
      where: { id: projectId },
      data: { policyOverride: override as unknown as Prisma.InputJsonObject, overrideVersion: number },
    });
    const version = { number, configuration: override, preset: null, reason, restoredFrom };
    await addVersion(tx, ctx, { ...owner, ...version, changes: differences.length });
    await recordChange(tx, ctx, {
      action: restoredFrom === null ? 'project_configuration.changed' : 'project_configuration.restored',
      teamId,
      target: projectId,
      before: { version: row.overrideVersion, override: before },
      after: { version: number, override },
      detail: { reason, ...(restoredFrom !== null && { restoredFrom }) },
    });
  });
}

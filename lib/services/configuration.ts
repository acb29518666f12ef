import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { db, type Tx } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { PageRequest } from '@/lib/schemas/common';
import type {
  Configuration,
  ConfigurationRequest,
  ConfigurationView,
  PresetKey,
  RestoreRequest,
  VersionDetail,
  VersionPage,
} from '@/lib/schemas/configuration';
import { differencesOf } from '@/lib/schemas/differences';
import { MOST_LOGGED_SETTINGS } from '@/lib/schemas/logged-fields';
import { availableOptions } from './available-options';
import { recordChange } from './change-log';
import { checkAgainstOverrides, checkConfiguration } from './configuration-check';
import { DEFAULT_CONFIGURATION, presetConfiguration, readConfiguration } from './configuration-layers';
import {
  addVersion,
  findVersion,
  loadVersionPage,
  refuseOldVersion,
  toVersionSummary,
  type VersionOwner,
} from './configuration-versions';
import { listChannelNames } from './notifications/channels';
import { loadOwnRules } from './own-rules';
import { requireSoundRules } from './sound-rules';
import { holdTeam } from './team-members';

const SHOWN_VERSIONS = 20;

const ofTeam = (teamId: string): VersionOwner => ({ teamId, projectId: null });

/** What the team decided about its audits, who did when, and all that can be decided. */
export async function getConfiguration(ctx: Context, teamId: string): Promise<ConfigurationView> {
  requirePermission(ctx, teamId, 'team.read');
  const [team, customizationHistory] = await Promise.all([
    db().team.findFirstOrThrow({ where: { id: teamId }, select: { policy: true, configurationVersion: true } }),
    loadVersionPage(ofTeam(teamId), { limit: SHOWN_VERSIONS }),
  ]);
  const version = team.configurationVersion;
  const configuration = readConfiguration(team.policy);
  const current = await findVersion(db(), ofTeam(teamId), version);
  const summary = current && toVersionSummary(current);
  const preset = summary?.preset ?? null;
  return {
    teamId,
    configuration,
    version,
    preset,
    presetDifferences: differencesOf(presetConfiguration(preset ?? 'default'), configuration),
    changedBy: summary?.changedBy ?? null,
    changedAt: summary?.changedAt ?? null,
    canChange: hasPermission(ctx, teamId, 'policy.manage'),
    customizationHistory,
    availableOptions: availableOptions(),
    notificationChannels: await listChannelNames(teamId),
  };
}

/** What is answered is read back: who may not read it is refused before anything changes. */
function requireChange(ctx: Context, teamId: string): void {
  requirePermission(ctx, teamId, 'policy.manage');
  requirePermission(ctx, teamId, 'team.read');
}

/** Takes effect with the next audit. What is already so makes no version. */
export async function saveConfiguration(
  ctx: Context,
  teamId: string,
  { version, configuration: asked, preset, reason }: ConfigurationRequest,
): Promise<ConfigurationView> {
  requireChange(ctx, teamId);
  const configuration = checkConfiguration(asked);
  await requireSoundRules(teamId, configuration.ownRules, await loadOwnRules(teamId));
  await db().$transaction(async (tx) => {
    const current = await holdConfiguration(tx, ctx, teamId, version);
    await replace(tx, ctx, teamId, { ...current, configuration, preset, reason, restoredFrom: null });
  });
  return getConfiguration(ctx, teamId);
}

/** Makes an earlier version current again, as a version of its own. */
export async function restoreConfiguration(
  ctx: Context,
  teamId: string,
  { version: restoredFrom, currentVersion, reason }: RestoreRequest,
): Promise<ConfigurationView> {
  requireChange(ctx, teamId);
  const old = await findVersion(db(), ofTeam(teamId), restoredFrom);
  if (!old) throw new AppError('not_found', 'no such version');
  // Rules and grammars come and go: what was fine then may not be now.
  const configuration = checkConfiguration(readConfiguration(old.configuration));
  await requireSoundRules(teamId, configuration.ownRules, await loadOwnRules(teamId));
  const preset = old.preset as PresetKey | null;
  await db().$transaction(async (tx) => {
    const current = await holdConfiguration(tx, ctx, teamId, currentVersion);
    await replace(tx, ctx, teamId, { ...current, configuration, preset, reason, restoredFrom });
  });
  return getConfiguration(ctx, teamId);
}

/** Versions of the team's configuration, newest first. */
export async function listConfigurationVersions(ctx: Context, teamId: string, page: PageRequest): Promise<VersionPage> {
  requirePermission(ctx, teamId, 'team.read');
  return loadVersionPage(ofTeam(teamId), page);
}

/** One version and what it changed. */
export async function getConfigurationVersion(ctx: Context, teamId: string, number: number): Promise<VersionDetail> {
  requirePermission(ctx, teamId, 'team.read');
  const [row, before, team] = await Promise.all([
    findVersion(db(), ofTeam(teamId), number),
    findVersion(db(), ofTeam(teamId), number - 1),
    db().team.findFirstOrThrow({ where: { id: teamId }, select: { configurationVersion: true } }),
  ]);
  if (!row) throw new AppError('not_found', 'no such version');
  const configuration = readConfiguration(row.configuration);
  const earlier = before ? readConfiguration(before.configuration) : DEFAULT_CONFIGURATION;
  return {
    ...toVersionSummary(row),
    configuration,
    differences: differencesOf(earlier, configuration),
    isCurrent: number === team.configurationVersion,
  };
}

interface Current {
  version: number;
  before: Configuration;
  beforePreset: PresetKey | null;
}

/** What is current, held to the end of the transaction, for somebody who may change it and has seen it. */
async function holdConfiguration(tx: Tx, ctx: Context, teamId: string, yours: number): Promise<Current> {
  await holdTeam(tx, ctx, teamId, 'policy.manage');
  const team = await tx.team.findFirstOrThrow({
    where: { id: teamId },
    select: { policy: true, configurationVersion: true },
  });
  const before = readConfiguration(team.policy);
  const version = team.configurationVersion;
  await refuseOldVersion(tx, ofTeam(teamId), { yours, current: version, configuration: before });
  const saved = await findVersion(tx, ofTeam(teamId), version);
  return { version, before, beforePreset: (saved?.preset ?? null) as PresetKey | null };
}

interface Replacement extends Current {
  configuration: Configuration;
  preset: PresetKey | null;
  reason: string;
  restoredFrom: number | null;
}

async function replace(
  tx: Tx,
  ctx: Context,
  teamId: string,
  { version, before, beforePreset, configuration, preset, reason, restoredFrom }: Replacement,
): Promise<void> {
  const differences = differencesOf(before, configuration);
  if (differences.length === 0 && preset === beforePreset) return;
  const projects = await tx.project.findMany({
    where: { teamId, NOT: { policyOverride: { equals: Prisma.AnyNull } } },
    select: { name: true, policyOverride: true },
    orderBy: { name: 'asc' },
  });
  checkAgainstOverrides(configuration, projects);
  const number = version + 1;
  await tx.team.update({
    where: { id: teamId },
    data: { policy: configuration as unknown as Prisma.InputJsonObject, configurationVersion: number },
  });
  const changes = differences.length;
  await addVersion(tx, ctx, { ...ofTeam(teamId), number, configuration, preset, reason, restoredFrom, changes });
  await recordChange(tx, ctx, {
    action: restoredFrom === null ? 'configuration.changed' : 'configuration.restored',
    teamId,
    target: teamId,
    before: { version, ...sideOf(differences, 'before') },
    after: { version: number, ...sideOf(differences, 'after') },
    detail: { reason, ...(preset && { preset }), ...(restoredFrom !== null && { restoredFrom }) },
  });
}

/** The log says what changed; the whole is kept with the version. */
function sideOf(differences: ReturnType<typeof differencesOf>, side: 'before' | 'after'): Record<string, unknown> {
  return Object.fromEntries(
    differences.slice(0, MOST_LOGGED_SETTINGS).map((difference) => [difference.path, difference[side]]),
  );
}

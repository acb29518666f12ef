import * as z from 'zod';
import type { Tx } from '@/lib/db/client';
import { Policy } from '@/lib/magics/policy';
import { PRESETS, type PresetId } from '@/lib/magics/presets';
import { Configuration, ProjectOverride, type SectionKey } from '@/lib/schemas/configuration';

const { schedule, retention, pullRequests, branches, complianceFrameworks, publicBadge, overrides } =
  Configuration.shape;
/** What a configuration holds besides the policy. Stored ones may be from before any of it. */
const Beside = z.object({ schedule, retention, pullRequests, branches, complianceFrameworks, publicBadge, overrides });

export function readConfiguration(stored: unknown): Configuration {
  return { ...Policy.parse(stored ?? {}), ...Beside.parse(stored ?? {}) };
}

export function readOverride(stored: unknown): ProjectOverride {
  return ProjectOverride.parse(stored ?? {});
}

export const DEFAULT_CONFIGURATION = readConfiguration(null);

/** The default with what the preset sets. */
export function presetConfiguration(preset: PresetId): Configuration {
  return readConfiguration(PRESETS[preset]);
}

/** Only the part that audits are judged by. */
export function policyOf(configuration: Configuration): Policy {
  return Policy.parse(configuration);
}

/** Sections of an override that the team does not allow. */
export function sectionsWithoutEffect({ overrides: allowed }: Configuration, override: ProjectOverride): SectionKey[] {
  return sectionsOf(override).filter((section) => !allowed.includes(section));
}

export function sectionsOf(override: ProjectOverride): SectionKey[] {
  return (Object.keys(override) as SectionKey[]).filter((section) => override[section] !== undefined);
}

/** The team's configuration with what a project may set for itself: entries of `magics` and `rules`, else whole sections. */
export function withOverride(team: Configuration, override: ProjectOverride): Configuration {
  const counting = Object.fromEntries(
    sectionsOf(override)
      .filter((section) => team.overrides.includes(section))
      .map((section) => [section, override[section]]),
  ) as ProjectOverride;
  return {
    ...team,
    ...counting,
    magics: { ...team.magics, ...counting.magics },
    rules: { ...team.rules, ...counting.rules },
  } as Configuration;
}

export interface ProjectRow {
  policyOverride: unknown;
  team: { policy: unknown; configurationVersion: number };
}

/** What holds for a project. */
export function effectiveConfiguration({ policyOverride, team }: ProjectRow): Configuration {
  return withOverride(readConfiguration(team.policy), readOverride(policyOverride));
}

export interface AuditPolicy {
  policy: Policy;
  configurationVersion: number;
}

function auditPolicy(project: ProjectRow): AuditPolicy {
  return {
    policy: policyOf(effectiveConfiguration(project)),
    configurationVersion: project.team.configurationVersion,
  };
}

export const PROJECT_ROW = {
  policyOverride: true,
  team: { select: { policy: true, configurationVersion: true } },
} as const;

/** What a new audit of the project begins with, by what is stored now: read where the project is held. */
export async function loadAuditPolicy(tx: Pick<Tx, 'project'>, projectId: string) {
  return auditPolicy(await tx.project.findFirstOrThrow({ where: { id: projectId }, select: PROJECT_ROW }));
}

import { queryKeys } from '@/components/api/keys';
import type { AvailableOptions, ConfigurationView, ProjectConfigurationView } from '@/lib/schemas/configuration';

/** Whose versions they are: a team's, or those of what one of its projects sets for itself. */
export interface VersionsOwner {
  /** Of its configuration in the API. */
  address: string;
  /** Names in React Query: of what holds now, of the list and of a version. */
  keys: {
    current: readonly unknown[];
    history: readonly unknown[];
    version: (version: number) => readonly unknown[];
  };
  /** The version that holds now. */
  version: number;
  canChange: boolean;
  options: AvailableOptions;
  /** What a restore names beside the version: what is on screen. */
  seen: { currentVersion: number; teamVersion?: number };
}

export function ownerOfTeam({ teamId, version, canChange, availableOptions }: ConfigurationView): VersionsOwner {
  return {
    address: `/teams/${teamId}/configuration`,
    keys: {
      current: queryKeys.configuration(teamId),
      history: queryKeys.configurationHistory(teamId),
      version: (number) => queryKeys.configurationVersion(teamId, number),
    },
    version,
    canChange,
    options: availableOptions,
    seen: { currentVersion: version },
  };
}

export function ownerOfProject(
  { projectId, version, teamVersion, canChange }: ProjectConfigurationView,
  options: AvailableOptions,
): VersionsOwner {
  return {
    address: `/projects/${projectId}/configuration`,
    keys: {
      current: queryKeys.projectConfiguration(projectId),
      history: queryKeys.projectConfigurationHistory(projectId),
      version: (number) => queryKeys.projectConfigurationVersion(projectId, number),
    },
    version,
    canChange,
    options,
    seen: { currentVersion: version, teamVersion },
  };
}

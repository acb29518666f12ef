import { queryKeys } from '@/components/api/keys';
import type {
  AvailableOptions,
  Configuration,
  ConfigurationView,
  ProjectConfigurationView,
  ProjectOverride,
} from '@/lib/schemas/configuration';

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
  /** What it says. */
  current: Configuration | ProjectOverride;
  canChange: boolean;
  options: AvailableOptions;
  /** What a restore names beside the version: what is on screen. */
  seen: { currentVersion: number; teamVersion?: number };
}

export function ownerOfTeam(view: ConfigurationView): VersionsOwner {
  const { teamId, version, configuration, canChange, availableOptions } = view;
  return {
    address: `/teams/${teamId}/configuration`,
    keys: {
      current: queryKeys.configuration(teamId),
      history: queryKeys.configurationHistory(teamId),
      version: (number) => queryKeys.configurationVersion(teamId, number),
    },
    version,
    current: configuration,
    canChange,
    options: availableOptions,
    seen: { currentVersion: version },
  };
}

export function ownerOfProject(
  { projectId, version, teamVersion, override, canChange }: ProjectConfigurationView,
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
    current: override,
    canChange,
    options,
    seen: { currentVersion: version, teamVersion },
  };
}

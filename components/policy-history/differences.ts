import { type Change, changesBetween } from '@/components/policy/changes';
import type {
  Configuration,
  Difference,
  OverrideVersionDetail,
  ProjectOverride,
  VersionDetail,
} from '@/lib/schemas/configuration';

const PATH_RULE = /^pathRules\.(?<glob>.+?)(?:\.(?<setting>glob|isIgnored|rulesOff|magicsOff|maxSeverity))?$/;

/** What the server says differs, setting by setting: what came or went as a whole is taken apart. */
export function changesOf(differences: readonly Difference[]): Change[] {
  return differences.flatMap(({ path, before, after }) =>
    changesBetween(before ?? undefined, after ?? undefined, namesOf(path)),
  );
}

/** What would be other than now if a version were brought back. */
export function changesOfRestore(
  current: Configuration | ProjectOverride,
  version: Pick<VersionDetail, 'configuration'> | Pick<OverrideVersionDetail, 'override'>,
): Change[] {
  const restored = 'configuration' in version ? version.configuration : version.override;
  return changesBetween(byGlob(current), byGlob(restored));
}

/** As the server tells differences: a path rule is known by its glob, not by its place among the others. */
function byGlob({ pathRules, ...others }: Configuration | ProjectOverride): object {
  return pathRules ? { ...others, pathRules: Object.fromEntries(pathRules.map((rule) => [rule.glob, rule])) } : others;
}

/** A glob may hold dots of its own. */
function namesOf(path: string): string[] {
  const { glob, setting } = PATH_RULE.exec(path)?.groups ?? {};
  return glob === undefined ? path.split('.') : ['pathRules', glob, ...(setting === undefined ? [] : [setting])];
}

import { ignoredBy } from './ignore-paths';
import { compilePathGlob } from './path-globs';
import { globsWithout } from './path-policy';
import type { Policy } from './policy';
import { isEnforced } from './repository-view';
import type { Finding, IgnoredPaths } from './types';

type Place = Pick<Finding, 'ruleId' | 'magic' | 'path'> & { severity: string };

/** Whether a rule that is on looks at where a finding was: neither the team nor the repository lets it pass over the path. */
export function looksAt(policy: Policy, ignored: IgnoredPaths | null): (finding: Place) => boolean {
  const isIgnoredByTeam = anyOf([
    ...(policy.ignorePaths.length > 0 ? [ignoredBy(policy.ignorePaths)] : []),
    ...policy.pathRules.filter((rule) => rule.isIgnored).map(({ glob }) => compilePathGlob(glob)),
  ]);
  const globs = ignored === null || ignored.isRefused ? [] : ignored.globs;
  const isIgnoredByRepository = anyOf(globs.map(({ glob }) => compilePathGlob(glob)));
  const stands = (ruleId: string, severity: string) =>
    isEnforced(policy, ruleId) || policy.repository.enforcedSeverities.some((one) => one === severity);
  const offAt = new Map<string, (path: string) => boolean>();
  const isOffAt = ({ ruleId, magic }: Place, path: string) => {
    const isOff = offAt.get(ruleId) ?? anyOf(globsWithout({ id: ruleId, magic }, policy).map(compilePathGlob));
    offAt.set(ruleId, isOff);
    return isOff(path);
  };
  return (finding) => {
    const { ruleId, severity, path } = finding;
    if (path === null) return true;
    if (isIgnoredByTeam(path) || isOffAt(finding, path)) return false;
    return !isIgnoredByRepository(path) || stands(ruleId, severity);
  };
}

function anyOf(matchers: readonly ((path: string) => boolean)[]): (path: string) => boolean {
  return (path) => matchers.some((isMatch) => isMatch(path));
}

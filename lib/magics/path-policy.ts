import type { Rule } from './define';
import type { Facts } from './facts';
import { withoutIgnoredPaths, withoutPaths } from './ignore-paths';
import { compilePathGlob } from './path-globs';
import type { PathRule } from './path-rules';
import type { Policy } from './policy';
import { type MagicId, SEVERITIES, type Severity } from './types';

type At<Answer> = (path: string) => Answer;

/** The facts without what the team ignores. */
export function withoutTeamPaths(facts: Facts, { ignorePaths, pathRules }: Policy): Facts {
  const isIgnored = matchAny(pathRules.filter((rule) => rule.isIgnored));
  const shared = withoutIgnoredPaths(facts, ignorePaths);
  return isIgnored ? withoutPaths(shared, isIgnored) : shared;
}

/** Globs at which the team lets a rule not look, ignored paths aside. */
export function globsWithout({ id, magic }: { id: string; magic: MagicId }, { pathRules }: Policy): string[] {
  return pathRules
    .filter(({ rulesOff, magicsOff }) => rulesOff.includes(id) || magicsOff.includes(magic))
    .map(({ glob }) => glob);
}

/** What each rule sees of the facts: as if the paths were not there at which the team has it off. */
export function factsByRule(policy: Policy): (rule: Rule, facts: Facts) => Facts {
  const globsAt = matchedBy([...new Set(policy.pathRules.map(({ glob }) => glob))]);
  const made = new Map<string, WeakMap<Facts, Facts>>();
  return (rule, facts) => {
    const globs = globsWithout(rule, policy);
    if (globs.length === 0) return facts;
    const key = globs.join('\n');
    const known = made.get(key) ?? new WeakMap<Facts, Facts>();
    made.set(key, known);
    const off = new Set(globs);
    const part = known.get(facts) ?? withoutPaths(facts, (path) => globsAt(path).some((glob) => off.has(glob)));
    known.set(facts, part);
    return part;
  };
}

/** The globs that match a path; each path is compared once, however many rules ask. */
function matchedBy(globs: readonly string[]): At<readonly string[]> {
  const matchers = globs.map((glob) => ({ glob, isMatch: compilePathGlob(glob) }));
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const matched = known.get(path) ?? matchers.filter(({ isMatch }) => isMatch(path)).map(({ glob }) => glob);
    known.set(path, matched);
    return matched;
  };
}

/** The gravest that a finding at a path may count as; null where nothing is set. */
export function maxSeverityAt({ pathRules }: Policy): At<Severity | null> | null {
  const limits = pathRules.flatMap(({ glob, maxSeverity }) =>
    maxSeverity === null ? [] : [{ isMatch: compilePathGlob(glob), rank: SEVERITIES.indexOf(maxSeverity) }],
  );
  if (limits.length === 0) return null;
  return (path) => {
    const ranks = limits.filter(({ isMatch }) => isMatch(path)).map(({ rank }) => rank);
    return ranks.length === 0 ? null : (SEVERITIES[Math.max(...ranks)] ?? null);
  };
}

export function lowerTo(severity: Severity, most: Severity | null): Severity {
  return most !== null && SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(most) ? most : severity;
}

function matchAny(rules: readonly PathRule[]): At<boolean> | null {
  return rules.length === 0 ? null : matchGlobs(rules.map(({ glob }) => glob));
}

function matchGlobs(globs: readonly string[]): At<boolean> {
  const matchers = globs.map(compilePathGlob);
  return (path) => matchers.some((isMatch) => isMatch(path));
}

import { AppError } from '@/lib/errors';
import { emptinessProblems, type PolicyProblem, policyProblems, withReadOptions } from '@/lib/magics/check-policy';
import type { Configuration, ProjectOverride } from '@/lib/schemas/configuration';
import { readOverride, sectionsWithoutEffect, withOverride } from './configuration-layers';

const MOST_NAMED = 10;

/** The configuration as it is kept. Throws `invalid_request` naming every wrong value. */
export function checkConfiguration(configuration: Configuration): Configuration {
  refuse('configuration', [...policyProblems(configuration), ...emptinessProblems(configuration)]);
  return { ...configuration, rules: withReadOptions(configuration.rules) };
}

/** The override as it is kept. Throws `invalid_request` naming every wrong value, and each section the team does not allow. */
export function checkOverride(team: Configuration, override: ProjectOverride): ProjectOverride {
  const notAllowed = sectionsWithoutEffect(team, override).map(
    (field): PolicyProblem => ({ field, problem: 'the team does not let projects set this' }),
  );
  const { rules, ignorePaths, pathRules, repository } = override;
  const settings = {
    ...(rules && { rules }),
    ...(ignorePaths && { ignorePaths }),
    ...(pathRules && { pathRules }),
    ...(repository && { repository }),
    ownRules: team.ownRules,
  };
  refuse('override', [...notAllowed, ...policyProblems(settings), ...emptinessProblems(withOverride(team, override))]);
  return rules ? { ...override, rules: withReadOptions(rules) } : override;
}

/**
 * Throws `invalid_request` naming the projects of which nothing would be judged: what they set for themselves and the team's
 * configuration leave no magic on.
 */
export function checkAgainstOverrides(
  team: Configuration,
  projects: readonly { name: string; policyOverride: unknown }[],
): void {
  const empty = projects.filter(
    ({ policyOverride }) => emptinessProblems(withOverride(team, readOverride(policyOverride))).length > 0,
  );
  if (empty.length === 0) return;
  const shown = empty.slice(0, MOST_NAMED).map(({ name }) => `“${name}”`);
  const names = [...shown, ...(empty.length > shown.length ? [`${empty.length - shown.length} more`] : [])].join(', ');
  refuse('configuration', [
    { field: 'magics', problem: `with what they set for themselves no magic would be on in: ${names}` },
  ]);
}

/** As the body of the request names its fields. */
function refuse(inside: string, problems: readonly PolicyProblem[]): void {
  if (problems.length === 0) return;
  const fields = problems.map(({ field, ...problem }) => ({ field: `${inside}.${field}`, ...problem }));
  const text = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  throw new AppError('invalid_request', text, { details: { fields } });
}

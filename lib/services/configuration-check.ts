import { AppError } from '@/lib/errors';
import { emptinessProblems, type PolicyProblem, policyProblems, withReadOptions } from '@/lib/magics/check-policy';
import type { Configuration, ProjectOverride } from '@/lib/schemas/configuration';
import { sectionsWithoutEffect, withOverride } from './configuration-layers';

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

/** As the body of the request names its fields. */
function refuse(inside: string, problems: readonly PolicyProblem[]): void {
  if (problems.length === 0) return;
  const fields = problems.map(({ field, ...problem }) => ({ field: `${inside}.${field}`, ...problem }));
  const text = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  throw new AppError('invalid_request', text, { details: { fields } });
}

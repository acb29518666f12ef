import { AppError } from '@/lib/errors';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { runHeavy } from './heavy/heavy-work';

/** Throws `unprocessable` for a query that its grammar does not know, with the place; the schema has looked at the rest. */
export async function requireSoundRule(teamId: string, rule: OwnRule, field: string): Promise<void> {
  if (rule.kind !== 'query') return;
  const { language, query } = rule;
  const checked = await runHeavy(teamId, 'ownQuery', { language, query });
  if (!checked) throw new AppError('overloaded', 'the query took too long to read');
  if (!checked.problem) return;
  const { problem: kind, message, position, part } = checked.problem;
  throw new AppError('unprocessable', `query: ${message}`, {
    details: { fields: [{ field: `${field}.query`, problem: message, kind, position, part }] },
  });
}

/** The same for all rules of a configuration; those that `known` holds as they are were looked at when they were saved. */
export async function requireSoundRules(
  teamId: string,
  rules: readonly OwnRule[],
  known: readonly OwnRule[],
): Promise<void> {
  const seen = new Set(known.map((rule) => JSON.stringify(rule)));
  for (const [place, rule] of rules.entries()) {
    if (!seen.has(JSON.stringify(rule))) await requireSoundRule(teamId, rule, `configuration.ownRules.${place}`);
  }
}

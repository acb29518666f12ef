import { noCounts } from './counts';
import type { Magic } from './define';
import { isRemembering } from './fact-names';
import { isNotSetUp } from './run-rule';
import { capFor, meanOf, roundScore, sharesOf, statusFor, weightedMean } from './score';
import type { Finding, MagicResult, RuleResult } from './types';

type Sum = Pick<MagicResult, 'status' | 'score' | 'coverage' | 'cap' | 'subScores' | 'counts'>;

/** What a magic's rules and open findings come to. */
export function sumUp(
  magic: Magic,
  rules: readonly RuleResult[],
  findings: readonly Pick<Finding, 'ruleId' | 'severity'>[],
): Sum {
  const scored = rules.filter((rule) => rule.score !== null);
  const groupOf = new Map<string, string>(magic.rules.map((rule) => [rule.id, rule.group]));
  const parts = rules.map(({ ruleId, score, weight }) => ({ group: groupOf.get(ruleId) ?? '', score, weight }));
  const subScores = magic.groups.map(({ id }) => {
    const groupMean = weightedMean(parts.filter(({ group }) => group === id));
    return { id, score: groupMean === null ? null : roundScore(groupMean) };
  });
  const mean = meanOf(parts, sharesOf(parts, magic.groups));
  const remembering = new Set<string>(magic.rules.filter(({ needs }) => isRemembering(needs)).map(({ id }) => id));
  const isOfCommit = ({ ruleId }: { ruleId: string }) => !remembering.has(ruleId);
  const binding = findings.filter(isOfCommit);
  const cap = mean === null ? null : capFor(binding, rules);
  const isCapped = mean !== null && cap !== null && mean > cap.limit;
  const score = mean === null ? null : roundScore(isCapped ? cap.limit : mean);
  const counts = noCounts();
  for (const finding of findings) counts[finding.severity] += 1;

  const weightOf = (some: readonly RuleResult[]) => some.reduce((sum, rule) => sum + rule.weight, 0);
  const judgeable = rules.filter((rule) => rule.outcome !== 'not-applicable' && !isNotSetUp(rule));
  const totalWeight = weightOf(judgeable.filter((rule) => rule.weight > 0));
  const coverage = totalWeight === 0 ? 0 : Math.round((weightOf(scored) / totalWeight) * 1000) / 1000;
  const status = statusFor({
    score,
    coverage,
    hasCritical: binding.some(({ severity }) => severity === 'critical'),
    rules: rules.filter(isOfCommit),
  });
  return { status, score, coverage, cap: isCapped ? cap : null, subScores, counts };
}

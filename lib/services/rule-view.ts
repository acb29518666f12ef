import * as z from 'zod';
import { languageFor } from '@/lib/facts/languages/registry';
import type { Rule, Sketch } from '@/lib/magics/define';
import { evidenceOf, isOfLanguages } from '@/lib/magics/evidence';
import type { LanguageId } from '@/lib/magics/facts/code';
import { precisionOf } from '@/lib/magics/precision';
import { CRITICAL_CAP, MANY_HIGH, MANY_HIGH_CAP } from '@/lib/magics/score';
import type { Severity } from '@/lib/magics/types';
import type { RuleOptionView, RuleView } from '@/lib/schemas/magics';

/** Rules do not change while the process runs, and their examples are many. */
const known = new WeakMap<Rule, RuleView>();

export function toRuleView(rule: Rule): RuleView {
  const earlier = known.get(rule);
  if (earlier) return earlier;
  const view = buildRuleView(rule);
  known.set(rule, view);
  return view;
}

function buildRuleView(rule: Rule): RuleView {
  const { limits } = rule;
  return {
    ruleId: rule.id,
    catalogue: rule.catalogue,
    group: rule.group,
    severity: rule.severity,
    upTo: rule.upTo,
    cap: capOf(rule.upTo ?? rule.severity),
    confidence: rule.confidence,
    weight: rule.weight,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    ...(rule.onlyIn && { onlyIn: rule.onlyIn }),
    limits: limits && { per: limits.per, good: limits.good, bad: limits.bad },
    evidence: [...rule.needs],
    evidenceKinds: evidenceOf(rule.needs),
    languages: isOfLanguages(rule.needs) ? languagesOf([...rule.examples.bad, ...rule.examples.good]) : [],
    options: optionsOf(rule.options),
    precision: precisionOf(rule.id),
    references: [...rule.references],
    tags: [...rule.tags],
    terms: [...rule.terms],
  };
}

/** As `capFor` sets it. */
function capOf(severity: Severity): RuleView['cap'] {
  if (severity === 'critical') return { limit: CRITICAL_CAP, severity, findings: 1 };
  return severity === 'high' ? { limit: MANY_HIGH_CAP, severity, findings: MANY_HIGH + 1 } : null;
}

function languagesOf(sketches: readonly Sketch[]): LanguageId[] {
  const paths = sketches.flatMap(({ files = {}, commits = [] }) => [
    ...Object.keys(files),
    ...commits.flatMap((commit) => Object.keys(commit.files ?? {})),
  ]);
  return [...new Set(paths.flatMap((path) => languageFor(path) ?? []))].sort();
}

interface JsonSchema {
  type?: string;
  enum?: unknown[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
}

function optionsOf(options: z.ZodType): RuleOptionView[] {
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return Object.entries(schema.properties ?? {}).map(([name, option]) => ({
    name,
    kind: kindOf(option),
    choices: (option.enum ?? option.items?.enum ?? []).map(String),
    least: option.minimum ?? option.exclusiveMinimum ?? null,
    // What no policy would reach is no limit to tell of.
    most: option.maximum === undefined || option.maximum >= Number.MAX_SAFE_INTEGER ? null : option.maximum,
    fallback: option.default === undefined ? null : JSON.stringify(option.default),
  }));
}

function kindOf({ type, items }: JsonSchema): RuleOptionView['kind'] {
  if (type === 'array') return items?.type === 'object' ? 'objects' : 'texts';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'switch';
  return type === 'object' ? 'objects' : 'text';
}

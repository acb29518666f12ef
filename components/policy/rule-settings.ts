import type { AvailableOptions, Configuration } from '@/lib/schemas/configuration';
import { isSame } from './changes';

export type RuleOfPolicy = AvailableOptions['rules'][number];
export type OptionOfRule = RuleOfPolicy['options'][number];
export type RuleSetting = NonNullable<Configuration['rules'][string]>;

/** A rule's setting with a part changed; what equals the catalogue is not kept, and nothing is undefined. */
export function withSetting(
  rule: Pick<RuleOfPolicy, 'severity'>,
  setting: RuleSetting | undefined,
  part: Partial<RuleSetting>,
): RuleSetting | undefined {
  const { isEnabled, severity, options } = { ...setting, ...part };
  const kept: RuleSetting = {
    ...(isEnabled === false && { isEnabled }),
    ...(severity !== undefined && severity !== rule.severity && { severity }),
    ...(options && Object.keys(options).length > 0 && { options }),
  };
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** The options with one of them set; undefined and what holds anyway take it out. */
export function withOption(
  options: RuleSetting['options'],
  { name, fallback }: Pick<OptionOfRule, 'name' | 'fallback'>,
  value: unknown,
): Record<string, unknown> {
  const { [name]: _, ...others } = options ?? {};
  const isFallback = value === undefined || isSame(value, fallbackOf({ fallback }));
  return isFallback ? others : { ...others, [name]: value };
}

/** What holds when the option is not set; undefined when nothing does. */
export function fallbackOf({ fallback }: Pick<OptionOfRule, 'fallback'>): unknown {
  return fallback === null ? undefined : JSON.parse(fallback);
}

/** The rules of a configuration with one setting put, or taken out. */
export function withRule(
  rules: Configuration['rules'],
  ruleId: string,
  setting: RuleSetting | undefined,
): Configuration['rules'] {
  const { [ruleId]: _, ...others } = rules;
  return setting ? { ...others, [ruleId]: setting } : others;
}

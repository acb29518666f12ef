'use client';

import { RuleOptionField } from './RuleOptionField';
import { type RuleOfPolicy, type RuleSetting, withOption } from './rule-settings';

interface RuleOptionsFormProps {
  rule: RuleOfPolicy;
  options: RuleSetting['options'];
  isReadOnly: boolean;
  onChange: (options: Record<string, unknown>) => void;
}

/** A field for each option of a rule, as its schema describes it. */
export function RuleOptionsForm({ rule, options, isReadOnly, onChange }: RuleOptionsFormProps) {
  return rule.options.map((option) => (
    <RuleOptionField
      key={option.name}
      option={option}
      value={options?.[option.name]}
      isReadOnly={isReadOnly}
      onChange={(value) => onChange(withOption(options, option, value))}
    />
  ));
}

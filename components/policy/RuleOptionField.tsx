'use client';

import Box from '@mui/material/Box';
import { LinesField } from '@/components/forms/LinesField';
import { NumberField } from '@/components/forms/NumberField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { JsonField } from './JsonField';
import { fallbackOf, type OptionOfRule } from './rule-settings';
import { SmallSelect } from './SmallSelect';
import { ToggleChips } from './ToggleChips';

interface RuleOptionFieldProps {
  option: OptionOfRule;
  /** undefined: not set. */
  value: unknown;
  isReadOnly: boolean;
  onChange: (value: unknown) => void;
}

const UNSET = '';

export function RuleOptionField({ option, value, isReadOnly, onChange }: RuleOptionFieldProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.rules.option;
  const { name, kind, choices, least, most } = option;
  const given = value ?? fallbackOf(option);
  const texts = Array.isArray(given) ? given.map(String) : [];
  const range =
    least === null && most === null
      ? null
      : most === null
        ? t.rules.options.atLeast(format.number(least ?? 0, 2))
        : t.rules.options.range(format.number(least ?? 0, 2), format.number(most, 2));
  const help = kind === 'number' ? range : null;
  const line = (field: React.ReactNode) => (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
        <Box component="code" sx={{ minWidth: 120, fontWeight: 500 }}>
          {name}
        </Box>
        {field}
        {help && <Box sx={{ typography: 'body2', color: 'elder.text3' }}>{help}</Box>}
      </Box>
    </Box>
  );
  if (kind === 'number') {
    return line(
      <NumberField
        label={name}
        value={typeof given === 'number' ? given : null}
        onChange={(next) => onChange(next ?? undefined)}
        isOptional
        least={least ?? undefined}
        most={most ?? undefined}
        step={typeof given === 'number' && !Number.isInteger(given) ? 0.01 : 1}
        width={96}
        isReadOnly={isReadOnly}
      />,
    );
  }
  if (kind === 'switch') {
    return line(
      <SmallSelect
        label={name}
        value={String(given === true)}
        isReadOnly={isReadOnly}
        options={[
          { value: 'true', name: words.yes },
          { value: 'false', name: words.no },
        ]}
        onChange={(next) => onChange(next === 'true')}
      />,
    );
  }
  if (kind === 'text' && choices.length > 0) {
    return line(
      <SmallSelect
        label={name}
        value={typeof given === 'string' ? given : UNSET}
        isReadOnly={isReadOnly}
        options={[{ value: UNSET, name: words.unset }, ...choices.map((choice) => ({ value: choice, name: choice }))]}
        onChange={(next) => onChange(next === UNSET ? undefined : next)}
      />,
    );
  }
  if (kind === 'texts' && choices.length > 0) {
    return (
      <ToggleChips
        label={name}
        options={choices.map((choice) => ({ value: choice, name: choice }))}
        chosen={texts}
        isReadOnly={isReadOnly}
        onChange={onChange}
      />
    );
  }
  if (kind === 'texts') {
    return (
      <LinesField label={name} value={texts} help={words.lines} rows={2} isReadOnly={isReadOnly} onChange={onChange} />
    );
  }
  return <JsonField label={name} value={given} isReadOnly={isReadOnly} onChange={onChange} />;
}

'use client';

import Box from '@mui/material/Box';
import { type ReactNode, useId } from 'react';
import { Field } from '@/components/forms/Field';
import { NumberField } from '@/components/forms/NumberField';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { ScalingSettings } from '@/lib/schemas/scaling';
import { isFixed, type ScalingProblems } from './draft';

interface ScalingFormProps {
  draft: ScalingSettings;
  problems: ScalingProblems;
  onChange: (part: Partial<ScalingSettings>) => void;
}

/** Strategy and bounds first, then what they work towards. */
export function ScalingForm({ draft, problems, onChange }: ScalingFormProps) {
  const t = useMessages();
  const words = t.scaling.form;
  const { seconds, percent } = t.scaling.unit;
  return (
    <Box sx={{ display: 'grid', gap: 5 }}>
      <SelectField
        label={words.strategy}
        value={draft.strategy}
        options={optionsOf(t.scaling.strategy)}
        help={t.scaling.strategyHelp[draft.strategy]}
        onChange={(strategy) => onChange({ strategy })}
      />
      <Box sx={LINE}>
        {isFixed(draft) && (
          <Amount
            label={words.fixedReplicas}
            help={words.fixedReplicasHelp}
            error={problems.fixedReplicas}
            value={draft.fixedReplicas}
            least={0}
            most={10_000}
            onChange={(fixedReplicas) => onChange({ fixedReplicas })}
          />
        )}
        <Amount
          label={words.minReplicas}
          value={draft.minReplicas}
          least={0}
          most={10_000}
          onChange={(minReplicas) => onChange({ minReplicas })}
        />
        <Amount
          label={words.maxReplicas}
          error={problems.maxReplicas}
          value={draft.maxReplicas}
          least={1}
          most={10_000}
          onChange={(maxReplicas) => onChange({ maxReplicas })}
        />
      </Box>
      <Box component="h3" sx={{ typography: 'h3', mb: -2 }}>
        {words.more}
      </Box>
      <Box sx={LINE}>
        <Amount
          label={words.slotsPerReplica}
          value={draft.slotsPerReplica}
          least={1}
          most={256}
          onChange={(slotsPerReplica) => onChange({ slotsPerReplica })}
        />
        <Amount
          label={words.utilisation}
          unit={percent}
          value={Math.round(draft.utilisation * 100)}
          least={10}
          most={100}
          onChange={(share) => onChange({ utilisation: share / 100 })}
        />
        <Amount
          label={words.queueSeconds}
          unit={seconds}
          value={draft.queueSeconds}
          least={1}
          most={3600}
          onChange={(queueSeconds) => onChange({ queueSeconds })}
        />
        <Amount
          label={words.startupSeconds}
          unit={seconds}
          value={draft.startupSeconds}
          least={0}
          most={3600}
          onChange={(startupSeconds) => onChange({ startupSeconds })}
        />
        <Amount
          label={words.downAfterSeconds}
          help={words.downAfterHelp}
          unit={seconds}
          value={draft.downAfterSeconds}
          least={0}
          most={3600}
          onChange={(downAfterSeconds) => onChange({ downAfterSeconds })}
        />
      </Box>
      <Box sx={SELECTS}>
        <SelectField
          label={words.tier}
          value={draft.tier}
          options={optionsOf(t.scaling.tier)}
          onChange={(tier) => onChange({ tier })}
        />
        <SelectField
          label={words.holidays}
          value={draft.holidays}
          options={optionsOf(words.holiday)}
          onChange={(holidays) => onChange({ holidays })}
        />
        <Field
          label={words.timeZone}
          help={words.timeZoneHelp}
          error={problems.timeZone ?? null}
          value={draft.timeZone}
          onChange={(timeZone) => onChange({ timeZone })}
          inputProps={{ spellCheck: false }}
        />
      </Box>
    </Box>
  );
}

function optionsOf<Value extends string>(names: Readonly<Record<Value, string>>): { value: Value; name: string }[] {
  return (Object.keys(names) as Value[]).map((value) => ({ value, name: names[value] }));
}

interface AmountProps {
  label: string;
  value: number;
  least: number;
  most: number;
  unit?: string;
  help?: string;
  error?: string | undefined;
  onChange: (value: number) => void;
}

/** A number with its name above, and what is wrong with it below. */
function Amount({ label, help, error, value, unit, onChange, ...bounds }: AmountProps) {
  const id = useId();
  let below: ReactNode = null;
  if (error) {
    below = (
      <Box id={id} role="alert" sx={{ ...HELP, display: 'flex', gap: '6px', color: 'error.main' }}>
        <StatusMark status="error" />
        {error}
      </Box>
    );
  } else if (help) {
    below = (
      <Box id={id} sx={{ ...HELP, color: 'elder.text3' }}>
        {help}
      </Box>
    );
  }
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box aria-hidden sx={{ mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
        {label}
      </Box>
      <NumberField
        {...bounds}
        label={label}
        value={value}
        unit={unit}
        width={96}
        isInvalid={error !== undefined}
        describedBy={below ? id : undefined}
        onChange={(next) => next !== null && onChange(next)}
      />
      {below}
    </Box>
  );
}

const LINE = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 168px), 1fr))',
  alignItems: 'start',
} as const;
const SELECTS = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
  alignItems: 'start',
} as const;
const HELP = { mt: 1, typography: 'body2' } as const;

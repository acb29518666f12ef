'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { Configuration } from '@/lib/schemas/configuration';
import { CHIP } from './PresetChips';
import { SwitchLine } from './SwitchLine';

type Schedule = NonNullable<Configuration['schedule']>;

const USUAL = [
  ['nightly', '0 3 * * *'],
  ['workdays', '0 3 * * 1-5'],
  ['weekly', '0 3 * * 1'],
] as const;

interface ScheduleFormProps {
  schedule: Schedule;
  errors: { cron: string | null; timeZone: string | null };
  isReadOnly: boolean;
  onChange: (part: Partial<Schedule>) => void;
}

export function ScheduleForm({ schedule, errors, isReadOnly, onChange }: ScheduleFormProps) {
  const t = useMessages();
  const words = t.policy.schedule;
  return (
    <Box sx={{ display: 'grid', gap: 4, mt: 4, maxWidth: 640 }}>
      <Box role="group" aria-label={words.usual} sx={{ display: 'flex', flexWrap: 'wrap', gap: '6px' }}>
        {USUAL.map(([name, cron]) => (
          <ButtonBase
            key={name}
            aria-pressed={schedule.cron === cron}
            disabled={isReadOnly}
            onClick={() => onChange({ cron })}
            sx={CHIP}
          >
            {words[name]}
          </ButtonBase>
        ))}
      </Box>
      <Field
        label={words.cron}
        value={schedule.cron}
        onChange={(cron) => onChange({ cron })}
        help={words.cronHelp}
        error={errors.cron}
        inputProps={{ readOnly: isReadOnly, spellCheck: false }}
      />
      <Field
        label={words.timeZone}
        value={schedule.timeZone}
        onChange={(timeZone) => onChange({ timeZone })}
        help={words.timeZoneHelp}
        error={errors.timeZone}
        inputProps={{ readOnly: isReadOnly, spellCheck: false }}
      />
      <SwitchLine
        label={words.skip}
        help={words.skipHelp}
        isOn={schedule.skipUnchanged}
        isReadOnly={isReadOnly}
        onChange={(skipUnchanged) => onChange({ skipUnchanged })}
      />
    </Box>
  );
}

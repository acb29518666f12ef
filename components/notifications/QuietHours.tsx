'use client';

import Box from '@mui/material/Box';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { SwitchLine } from '@/components/policy/SwitchLine';
import type { ChannelSettings } from '@/lib/schemas/channels';

interface QuietHoursProps {
  value: ChannelSettings['quietHours'];
  problem: string | null;
  onChange: (value: ChannelSettings['quietHours']) => void;
}

const USUAL = { from: '22:00', to: '07:00' };

/** Between which times nothing is sent. */
export function QuietHours({ value, problem, onChange }: QuietHoursProps) {
  const words = useMessages().notifications.form;
  return (
    <>
      <SwitchLine
        label={words.quiet}
        help={words.quietHelp}
        isOn={value !== null}
        isReadOnly={false}
        onChange={(isOn) => onChange(isOn ? USUAL : null)}
      />
      {value && (
        <Box sx={{ display: 'grid', gap: 4, mt: 3, gridTemplateColumns: { sm: '1fr 1fr' } }}>
          <Field
            label={words.quietFrom}
            type="time"
            value={value.from}
            error={problem}
            onChange={(from) => onChange({ ...value, from })}
          />
          <Field label={words.quietTo} type="time" value={value.to} onChange={(to) => onChange({ ...value, to })} />
        </Box>
      )}
    </>
  );
}

'use client';

import Box from '@mui/material/Box';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { usePolicyForm } from '@/components/policy/form-context';

const CHOICES = ['ignored', 'warning', 'failed'] as const;

/** What a magic whose own status is failed does to the gate. */
export function FailedMagic() {
  const t = useMessages();
  const { draft, change, isReadOnly } = usePolicyForm('gate');
  const words = t.gate.failedMagic;
  return (
    <Box sx={{ maxWidth: 480 }}>
      <SelectField
        label={words.label}
        value={draft.gate.failedMagic}
        options={CHOICES.map((value) => ({ value, name: words.choices[value] }))}
        help={words.help}
        isReadOnly={isReadOnly}
        onChange={(failedMagic) => change({ gate: { ...draft.gate, failedMagic } })}
      />
    </Box>
  );
}

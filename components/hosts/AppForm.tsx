'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type FormEvent, useState } from 'react';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';

const TECHNICAL = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: 'false' };

/** Which GitHub, and whose App it will be. */
export function AppForm({ teamId }: { teamId: string }) {
  const { hosts } = useMessages();
  const [host, setHost] = useState('https://github.com');
  const [organisation, setOrganisation] = useState('');
  const [isChecked, setChecked] = useState(false);
  const problem = URL.canParse(host.trim()) ? null : hosts.form.baseUrlMissing;
  const send = (event: FormEvent) => {
    setChecked(true);
    if (problem) event.preventDefault();
  };
  return (
    <Box
      component="form"
      method="get"
      action={`/teams/${teamId}/hosts/app`}
      noValidate
      onSubmit={send}
      sx={{ display: 'grid', gap: 4 }}
    >
      <Field
        label={hosts.form.baseUrl}
        name="host"
        value={host}
        onChange={setHost}
        error={isChecked ? problem : null}
        required
        inputProps={{ ...TECHNICAL, inputMode: 'url' }}
      />
      <Field
        label={hosts.app.organisation}
        name="organisation"
        value={organisation}
        onChange={setOrganisation}
        help={hosts.app.organisationHelp}
        inputProps={TECHNICAL}
      />
      <Box>
        <Button type="submit" variant="contained">
          {hosts.app.next}
        </Button>
      </Box>
    </Box>
  );
}

'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { CopyButton } from '@/components/layout/CopyButton';
import { EmptyState } from '@/components/layout/EmptyState';
import { withoutSecret } from '@/lib/schemas/repository-address';

const COMMAND = 'npx elder audit .';

/** What a team without a project sees: the register field in place, and the way without a server. */
export function FirstProject({ canRegister, allowsLocal }: { canRegister: boolean; allowsLocal: boolean }) {
  const t = useMessages();
  const router = useRouter();
  const [url, setUrl] = useState('');
  const [isRefused, setRefused] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = url.trim();
    setRefused(withoutSecret(address) !== address);
    if (withoutSecret(address) !== address) return;
    router.push(`/projects/new${address ? `?url=${encodeURIComponent(address)}` : ''}`);
  };
  return (
    <Paper variant="outlined" sx={{ borderRadius: '8px' }}>
      <EmptyState title={t.projects.empty.title}>
        {canRegister && (
          <Box component="form" action="/projects/new" onSubmit={submit} sx={FORM}>
            <Box sx={{ flex: '1 1 280px', minWidth: 0 }}>
              <Field
                label={t.register.url}
                name="url"
                value={url}
                onChange={setUrl}
                help={allowsLocal ? t.register.urlHelpLocal : t.register.urlHelp}
                error={isRefused ? t.register.details.address_credentials : null}
                autoFocus
                inputProps={{ inputMode: 'url', autoCapitalize: 'none', spellCheck: 'false' }}
              />
            </Box>
            <Button type="submit" variant="contained" sx={{ mt: { xs: 3, sm: '24px' } }}>
              {t.register.check}
            </Button>
          </Box>
        )}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, color: 'text.secondary' }}>
          {t.projects.empty.commandLine}
          <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1 }}>
            <Box component="code" sx={{ px: 2, py: '2px', borderRadius: '4px', bgcolor: 'elder.sunken' }}>
              {COMMAND}
            </Box>
            <CopyButton value={COMMAND} label={COMMAND} />
          </Box>
        </Box>
      </EmptyState>
    </Paper>
  );
}

const FORM = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  columnGap: 2,
  width: '100%',
  maxWidth: 640,
} as const;

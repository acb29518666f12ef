'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ProviderView } from '@/lib/schemas/identities';
import { ProviderButtons } from './ProviderButtons';

/** The other ways in, under the form. */
export function SignInProviders({ providers, next }: { providers: readonly ProviderView[]; next: string }) {
  const { signIn } = useMessages().auth;
  if (providers.length === 0) return null;
  return (
    <Box sx={{ mt: 4, display: 'grid', gap: 4 }}>
      <Box component="p" sx={{ textAlign: 'center', typography: 'body2', color: 'elder.text3' }}>
        {signIn.or}
      </Box>
      <ProviderButtons providers={providers} label={signIn.with} next={next} />
    </Box>
  );
}

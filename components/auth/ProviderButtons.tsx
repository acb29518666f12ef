'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import type { ProviderView } from '@/lib/schemas/identities';

interface ProviderButtonsProps {
  providers: readonly ProviderView[];
  label: (name: string) => string;
  /** A path of this site, where the way back leads. */
  next: string;
}

/** One button for each provider; nothing without any. */
export function ProviderButtons({ providers, label, next }: ProviderButtonsProps) {
  const [leaving, setLeaving] = useState<string | null>(null);
  if (providers.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="outlined"
          loading={leaving === id}
          onClick={() => {
            setLeaving(id);
            void signIn(id, { callbackUrl: next });
          }}
        >
          {label(name)}
        </Button>
      ))}
    </Box>
  );
}

'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { CopyableCode } from '@/components/layout/CopyableCode';
import type { SshKeyView } from '@/lib/schemas/ssh';

/** The public half of a key, and what to do with it at the Git host. */
export function KeyToPaste({ sshKey }: { sshKey: SshKeyView }) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
      <Box component="ol" sx={{ display: 'grid', gap: 1, pl: 5, listStyle: 'decimal' }}>
        {t.ssh.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </Box>
      <CopyableCode value={sshKey.publicKey} label={t.ssh.copy} isSmall />
      <Box component="p" sx={QUIET}>
        {t.ssh.fingerprint} <code>{sshKey.fingerprint}</code> · {t.ssh.madeAt(format.dateTime(sshKey.createdAt))}
      </Box>
      <Box component="p" sx={QUIET}>
        {t.ssh.privateHalf}
      </Box>
    </Box>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' } as const;

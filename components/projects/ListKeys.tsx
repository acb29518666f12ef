'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';

/** The keys of the table, for those who see it. */
export function ListKeys({ canSelect }: { canSelect: boolean }) {
  const { keys } = useMessages().projects;
  const hints: [string[], string][] = [
    [['j', 'k'], keys.move],
    [['Enter'], keys.open],
    ...(canSelect ? [[['x'], keys.select] as [string[], string]] : []),
    [['?'], keys.all],
  ];
  return (
    <Box component="span" aria-hidden sx={KEYS}>
      {hints.map(([pressed, what]) => (
        <Box component="span" key={what} sx={{ display: 'inline-flex', alignItems: 'center', gap: '6px' }}>
          {pressed.map((key) => (
            <KeyHint key={key}>{key}</KeyHint>
          ))}
          {what}
        </Box>
      ))}
    </Box>
  );
}

const KEYS = { display: { xs: 'none', md: 'inline-flex' }, alignItems: 'center', gap: '18px' } as const;

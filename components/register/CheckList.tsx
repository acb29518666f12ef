'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { RegistrationCheck } from '@/lib/schemas/projects';
import { checkLines } from './check-lines';
import { detailText } from './detail-text';

/** Five checks that fill in; the exact reason stands beside the one that failed. */
export function CheckList({ check, isChecking }: { check: RegistrationCheck | null; isChecking: boolean }) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box component="ol" aria-live="polite" aria-busy={isChecking}>
      {checkLines(check, isChecking).map(({ id, mark, outcome, detail }) => (
        <Box component="li" key={id} sx={LINE}>
          <Box component="span" sx={{ mt: '3px' }}>
            <StatusMark
              status={mark}
              label={outcome === 'running' ? t.register.checking : t.register.outcome[outcome]}
            />
          </Box>
          <Box component="span" sx={{ fontWeight: 500, width: { xs: '100%', sm: 148 }, flex: { xs: 1, sm: 'none' } }}>
            {t.register.checks[id]}
          </Box>
          <Box component="span" sx={DETAIL}>
            {detail ? detailText(detail, t, format) : outcome === 'running' ? t.register.checking : '–'}
            {id === 'duplicate' && check?.duplicateOf && (
              <Box component="span" sx={{ ml: 2 }}>
                <Link href={`/projects/${check.duplicateOf.projectId}`}>
                  {t.register.openExisting(check.duplicateOf.projectName)}
                </Link>
              </Box>
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

const LINE = {
  display: 'flex',
  flexWrap: { xs: 'wrap', sm: 'nowrap' },
  alignItems: 'flex-start',
  gap: '0 10px',
  px: 4,
  py: '9px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const DETAIL = {
  flex: { xs: '1 0 100%', sm: 1 },
  pl: { xs: 6, sm: 0 },
  minWidth: 0,
  color: 'text.secondary',
  overflowWrap: 'anywhere',
} as const;

'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { AuditLogPage } from '@/lib/schemas/audit-log';
import type { ChangeLine } from './change-lines';
import { LineValue } from './LineValue';
import { lineWords } from './line-words';

interface LogLinesProps {
  lines: readonly ChangeLine[];
  things: AuditLogPage['things'];
}

/** Field by field, what it was and became. */
export function LogLines({ lines, things }: LogLinesProps) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box component="dl" sx={LINES}>
      {lines.map((line) => {
        const { name, before, after, isCode } = lineWords(line, { t, format, things });
        return (
          <Box key={line.field} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: '6px' }}>
            {name && <dt>{name}</dt>}
            <Box component="dd" sx={{ minWidth: 0, overflowWrap: 'anywhere', color: 'text.secondary' }}>
              {before !== null && (
                <>
                  <del>
                    <LineValue text={before} isCode={isCode} />
                  </del>{' '}
                  →{' '}
                </>
              )}
              <LineValue text={after ?? t.auditLog.nothing} isCode={isCode} />
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

const LINES = {
  mt: '2px',
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'elder.text3',
  '& dd': { m: 0 },
  '& code': { fontSize: 'inherit' },
} as const;

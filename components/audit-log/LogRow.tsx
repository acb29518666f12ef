'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditLogEntryView } from '@/lib/schemas/audit-log';
import { changeLines } from './change-lines';
import { LOG_GRID } from './log-grid';

/** One change: when, what, who, from where, and what it touched. */
export function LogRow({ entry }: { entry: AuditLogEntryView }) {
  const t = useMessages();
  const format = useFormat();
  const { action, actor, address, target, targetName, sequence } = entry;
  const lines = [...changeLines(entry.before, entry.after), ...changeLines(null, entry.detail ?? null)];
  // The id of what is gone says nothing to people; programs find it in the API.
  const name = targetName ?? (target && !UUID.test(target) ? target : null);
  return (
    <Box component="li" sx={ROW}>
      <Box
        component="time"
        dateTime={entry.at}
        sx={{ gridArea: 'when', whiteSpace: 'nowrap', color: 'text.secondary' }}
      >
        {format.dateTime(entry.at)}
      </Box>
      <Box sx={{ gridArea: 'what', minWidth: 0 }}>
        <span>
          <Box component="span" sx={{ fontWeight: 500 }}>
            {textOf(t.auditLog.actions, action) ?? action}
          </Box>
          {name && (
            <Box component="span" sx={{ ml: 2, color: 'text.secondary', overflowWrap: 'anywhere' }}>
              {name}
            </Box>
          )}
        </span>
        {lines.length > 0 && (
          <Box component="dl" sx={LINES}>
            {lines.map((line) => (
              <Box key={line.name} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: '6px' }}>
                {line.name && <Box component="dt">{line.name}</Box>}
                <dd>
                  {line.before !== null && (
                    <>
                      <del>
                        <Mono>{line.before}</Mono>
                      </del>{' '}
                      →{' '}
                    </>
                  )}
                  <Mono>{line.after ?? t.auditLog.nothing}</Mono>
                </dd>
              </Box>
            ))}
          </Box>
        )}
      </Box>
      <Box sx={{ gridArea: 'who', minWidth: 0, overflowWrap: 'anywhere' }}>{actor?.name ?? t.auditLog.nobody}</Box>
      {address && (
        <Box sx={{ gridArea: 'from', minWidth: 0, overflowWrap: 'anywhere', color: 'text.secondary' }}>
          <Mono>{address}</Mono>
        </Box>
      )}
      <Box sx={NUMBER}>{sequence !== null && format.number(sequence)}</Box>
    </Box>
  );
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const ROW = {
  ...LOG_GRID,
  alignItems: 'baseline',
  px: 4,
  py: '10px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const LINES = {
  mt: '2px',
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'elder.text3',
  '& dd': { m: 0 },
  '& code': { fontSize: 'inherit' },
} as const;

const NUMBER = {
  gridArea: 'number',
  display: { xs: 'none', lg: 'block' },
  textAlign: 'right',
  color: 'elder.text3',
} as const;

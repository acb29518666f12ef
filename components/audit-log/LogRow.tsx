'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { SeenText } from '@/components/layout/SeenText';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditLogEntryView, AuditLogPage } from '@/lib/schemas/audit-log';
import { changeLines } from './change-lines';
import { LogLines } from './LogLines';
import { LogTarget } from './LogTarget';
import { LOG_GRID } from './log-grid';
import { PolicyChanges } from './PolicyChanges';
import { policyEntryOf } from './policy-changes';

interface LogRowProps {
  teamId: string;
  entry: AuditLogEntryView;
  /** What ids in entries stand for. */
  things: AuditLogPage['things'];
}

/** One change: when, what, who, from where, and what it touched. */
export function LogRow({ teamId, entry, things }: LogRowProps) {
  const t = useMessages();
  const format = useFormat();
  const { action, actor, address, target, sequence, detail } = entry;
  const thing = target && Object.hasOwn(things, target) ? things[target] : undefined;
  const policy = policyEntryOf(entry);
  const lines = changeLines(policy ? { before: null, after: null, detail } : entry, thing !== undefined);
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
          {target && target !== teamId && (
            <Box component="span" sx={{ ml: 2, color: 'text.secondary', overflowWrap: 'anywhere' }}>
              <LogTarget id={target} thing={thing} />
            </Box>
          )}
        </span>
        {policy && <PolicyChanges teamId={teamId} entry={policy} />}
        {lines.length > 0 && <LogLines lines={lines} things={things} />}
      </Box>
      <Box sx={{ gridArea: 'who', minWidth: 0, overflowWrap: 'anywhere' }}>
        {actor ? <SeenText>{actor.name}</SeenText> : t.auditLog.nobody}
      </Box>
      {address && (
        <Box sx={{ gridArea: 'from', minWidth: 0, overflowWrap: 'anywhere', color: 'text.secondary' }}>
          <Mono>{address}</Mono>
        </Box>
      )}
      <Box sx={NUMBER}>{sequence !== null && format.number(sequence)}</Box>
    </Box>
  );
}

const ROW = {
  ...LOG_GRID,
  alignItems: 'baseline',
  px: 4,
  py: '10px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const NUMBER = {
  gridArea: 'number',
  display: { xs: 'none', lg: 'block' },
  textAlign: 'right',
  color: 'elder.text3',
} as const;

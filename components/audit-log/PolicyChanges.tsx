'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Link from '@mui/material/Link';
import { useId, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import { PolicyChangeList } from './PolicyChangeList';
import type { PolicyEntry } from './policy-changes';

/** How much of a policy changed; opened, setting by setting. */
export function PolicyChanges({ teamId, entry }: { teamId: string; entry: PolicyEntry }) {
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const version = format.number(entry.version);
  const count = `${format.number(entry.changes.length)}${entry.isCut ? '+' : ''}`;
  return (
    <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 3 }}>
        <ButtonBase
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
          sx={TOGGLE}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={12} />
          <span>{t.auditLog.policyChanges(count, version)}</span>
        </ButtonBase>
        {entry.owner === 'team' && (
          <Link
            component={AppLink}
            href={`/teams/${teamId}/policy/history?version=${entry.version}`}
            prefetch={false}
            color="inherit"
          >
            {t.auditLog.inHistory}
          </Link>
        )}
      </Box>
      {isOpen && (
        <Box id={id} sx={{ maxWidth: 720, pl: '18px' }}>
          <PolicyChangeList teamId={teamId} entry={entry} />
        </Box>
      )}
    </Box>
  );
}

const TOGGLE = {
  font: 'inherit',
  gap: '6px',
  minHeight: 24,
  borderRadius: '4px',
  '&:hover': { bgcolor: 'elder.hover' },
  '@media (pointer: coarse)': { minHeight: 44 },
} as const;

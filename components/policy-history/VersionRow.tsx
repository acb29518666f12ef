'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Chip from '@mui/material/Chip';
import { useId, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { SeenText } from '@/components/layout/SeenText';
import { Icon } from '@/components/marks/Icon';
import { useAddress } from '@/components/project/use-address';
import type { VersionSummary } from '@/lib/schemas/configuration';
import { RestoreDialog } from './RestoreDialog';
import { VersionChanges } from './VersionChanges';
import type { VersionsOwner } from './versions-owner';

interface VersionRowProps {
  owner: VersionsOwner;
  version: VersionSummary;
  isOpen: boolean;
}

/** One version: who, when and why; opened, what it changed. */
export function VersionRow({ owner, version: summary, isOpen }: VersionRowProps) {
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const { change } = useAddress();
  const [isRestoring, setRestoring] = useState(false);
  const words = t.policy.history;
  const { version, preset, reason, restoredFrom, changedBy, changedAt } = summary;
  const number = format.number(version);
  const isCurrent = version === owner.version;
  return (
    <Box component="li" sx={ITEM}>
      <Box sx={ROW}>
        <ButtonBase
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-changes` : undefined}
          aria-label={words.showChanges(number)}
          data-row={String(version)}
          onClick={() => change({ version: isOpen ? null : String(version) })}
          sx={OPEN}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={14} />
          <span>{words.version(number)}</span>
        </ButtonBase>
        <Box sx={{ gridArea: 'why', minWidth: 0 }}>
          <Box sx={{ overflowWrap: 'anywhere' }}>
            <SeenText>{reason}</SeenText>
          </Box>
          <Box sx={META}>
            <span>{changedBy?.name ?? t.policy.version.somebody}</span>
            <TimeAgo at={changedAt} />
            {restoredFrom !== null && <span>{words.restoredFrom(format.number(restoredFrom))}</span>}
            {preset !== null && preset !== 'default' && <span>{words.preset(t.policy.presets[preset])}</span>}
          </Box>
        </Box>
        <Box sx={{ gridArea: 'action', justifySelf: 'end' }}>
          {isCurrent ? (
            <Chip size="small" label={words.current} />
          ) : (
            owner.canChange && (
              <Button
                size="small"
                variant="outlined"
                aria-label={words.restoreOf(number)}
                onClick={() => setRestoring(true)}
              >
                {words.restore}
              </Button>
            )
          )}
        </Box>
      </Box>
      {isOpen && (
        <Box id={`${id}-changes`} sx={CHANGES}>
          <VersionChanges owner={owner} version={version} />
        </Box>
      )}
      {isRestoring && <RestoreDialog owner={owner} version={version} onClose={() => setRestoring(false)} />}
    </Box>
  );
}

const ITEM = { borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } } as const;

const ROW = {
  display: 'grid',
  alignItems: 'start',
  columnGap: 4,
  rowGap: 1,
  gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', md: '140px minmax(0, 1fr) auto' },
  gridTemplateAreas: { xs: '"open action" "why why"', md: '"open why action"' },
  px: 4,
  py: 3,
} as const;

const OPEN = {
  gridArea: 'open',
  justifySelf: 'start',
  gap: '6px',
  minHeight: 24,
  pr: 2,
  borderRadius: '4px',
  fontWeight: 600,
  '&:hover': { bgcolor: 'elder.hover' },
  '@media (pointer: coarse)': { minHeight: 44 },
} as const;

const META = {
  display: 'flex',
  flexWrap: 'wrap',
  columnGap: 4,
  typography: 'body2',
  color: 'elder.text3',
  overflowWrap: 'anywhere',
} as const;

const CHANGES = { px: 4, pb: 4, pl: { md: '172px' }, maxWidth: 860 } as const;

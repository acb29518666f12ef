'use client';

import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { DOT, RING } from '@/components/live/LiveChip';
import { Icon } from '@/components/marks/Icon';
import { Seal } from '@/components/marks/Seal';
import { AppLink } from '@/components/theme/AppLink';
import { NAME_ON_WIDE } from './name-on-wide';
import { PersonMenu } from './PersonMenu';
import { type AnyPlace, instancePlaces, isAt, PLACES, placeName, teamPlaces } from './places';
import { useShell } from './shell-context';
import { TeamSwitch } from './TeamSwitch';
import { useCounts } from './use-counts';

/** 216 wide from 1200, a rail of 56 from 900, nothing below: the bottom bar takes over there. */
export function SideBar() {
  const t = useMessages();
  const format = useFormat();
  const { team, ownsInstance } = useShell();
  const counts = useCounts();
  return (
    <Box component="nav" aria-label={t.shell.main} sx={BAR}>
      <Box sx={BRAND}>
        <Seal />
        <Box component="span" sx={ON_WIDE}>
          {t.common.product}
        </Box>
      </Box>
      <TeamSwitch />
      <Box component="ul" sx={{ mt: 3 }}>
        {PLACES.map((place) => (
          <SideEntry key={place.id} place={place}>
            {place.id === 'projects' && counts.projects !== null && (
              <Box component="span" sx={COUNT}>
                {format.number(counts.projects)}
              </Box>
            )}
            {place.id === 'inbox' && !!counts.waiting && (
              <Box component="span" sx={COUNT} title={t.triage.waiting(format.number(counts.waiting))}>
                {format.number(counts.waiting)}
              </Box>
            )}
            {place.id === 'audits' && !!counts.running && (
              <Box component="span" sx={{ ...COUNT, ...RUNNING }}>
                <Box component="span" aria-hidden sx={{ ...DOT, ...RING }} />
                {format.number(counts.running)}
                <span className="elder-hidden">{t.common.status.running}</span>
              </Box>
            )}
          </SideEntry>
        ))}
      </Box>
      <Box id="side-team" sx={SECTION}>
        {t.shell.nav.team}
      </Box>
      <Box component="ul" aria-labelledby="side-team">
        {teamPlaces(team).map((place) => (
          <SideEntry key={place.id} place={place} />
        ))}
      </Box>
      {ownsInstance && (
        <>
          <Box id="side-instance" sx={SECTION}>
            {t.shell.nav.instance}
          </Box>
          <Box component="ul" aria-labelledby="side-instance">
            {instancePlaces(ownsInstance).map((place) => (
              <SideEntry key={place.id} place={place} />
            ))}
          </Box>
        </>
      )}
      <Box sx={{ mt: 'auto', borderTop: 1, borderColor: 'divider', pt: 2 }}>
        <PersonMenu />
      </Box>
    </Box>
  );
}

function SideEntry({ place, children }: { place: AnyPlace; children?: ReactNode }) {
  const t = useMessages();
  const isCurrent = isAt(usePathname(), place);
  const name = placeName(t, place);
  return (
    <li>
      <Tooltip describeChild title={<span>{name}</span>} placement="right" slotProps={{ tooltip: { sx: ON_RAIL } }}>
        <Box
          component={AppLink}
          href={place.href}
          aria-current={isCurrent ? 'page' : undefined}
          sx={{ ...ENTRY, ...(isCurrent && CURRENT) }}
        >
          <Icon name={place.icon} />
          <Box component="span" sx={NAME_ON_WIDE}>
            {name}
          </Box>
          {children}
        </Box>
      </Tooltip>
    </li>
  );
}

const ON_WIDE = { display: { xs: 'none', lg: 'inline' } } as const;
const ON_RAIL = { display: { lg: 'none' } } as const;

const BAR = {
  display: { xs: 'none', md: 'flex' },
  flexDirection: 'column',
  position: 'sticky',
  top: 0,
  height: '100dvh',
  width: { md: 56, lg: 216 },
  px: 2,
  pb: 2,
  borderRight: 1,
  borderColor: 'divider',
  bgcolor: 'background.default',
} as const;

const BRAND = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: { md: 'center', lg: 'flex-start' },
  gap: '9px',
  height: 48,
  px: { lg: 2 },
  fontWeight: 600,
  fontSize: '0.84375rem',
  letterSpacing: '-0.01em',
} as const;

const ENTRY = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: { md: 'center', lg: 'flex-start' },
  gap: '9px',
  height: 30,
  px: 2,
  mb: '1px',
  borderRadius: '6px',
  position: 'relative',
  color: 'text.secondary',
  fontWeight: 500,
  '&:hover': { bgcolor: 'elder.hover' },
} as const;

const CURRENT = {
  bgcolor: 'elder.sunken',
  color: 'text.primary',
  '[data-theme="dark"] &': { bgcolor: 'elder.hover' },
} as const;

/** On the rail a line stands for the word. */
const SECTION = {
  mt: { md: 2, lg: 3 },
  pt: { md: 2, lg: 0 },
  px: { lg: 2 },
  mb: 1,
  borderTop: { md: 1, lg: 0 },
  borderColor: { md: 'divider', lg: 'transparent' },
  fontSize: { md: 0, lg: '0.75rem' },
  fontWeight: 500,
  color: 'elder.text3',
} as const;

const COUNT = { ...ON_WIDE, ml: 'auto', fontSize: '0.75rem', color: 'elder.text3' } as const;
const RUNNING = {
  display: { xs: 'none', lg: 'flex' },
  alignItems: 'center',
  gap: '5px',
  color: 'elder.accent',
} as const;

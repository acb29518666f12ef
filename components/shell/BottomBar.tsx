'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import { MoreMenu } from './MoreMenu';
import { isAt, PLACES, placeName } from './places';
import { useCounts } from './use-counts';

/** Navigation of phones and small tablets. */
export function BottomBar() {
  const t = useMessages();
  const format = useFormat();
  const pathname = usePathname();
  const { running } = useCounts();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <Box component="nav" aria-label={t.shell.main} sx={BAR}>
      {PLACES.map((place) => {
        const isCurrent = isAt(pathname, place);
        return (
          <Box
            key={place.id}
            component={AppLink}
            href={place.href}
            aria-current={isCurrent ? 'page' : undefined}
            sx={{ ...ENTRY, ...(isCurrent && CURRENT) }}
          >
            <Box component="span" sx={{ position: 'relative' }}>
              <Icon name={place.icon} size={20} />
              {place.id === 'audits' && !!running && (
                <Box component="span" sx={BADGE}>
                  {format.number(running)}
                  <span className="elder-hidden"> {t.common.status.running} </span>
                </Box>
              )}
            </Box>
            {placeName(t, place)}
          </Box>
        );
      })}
      <ButtonBase
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={ENTRY}
      >
        <Icon name="menu" size={20} />
        {t.shell.nav.more}
      </ButtonBase>
      <MoreMenu anchor={anchor} onClose={() => setAnchor(null)} />
    </Box>
  );
}

const BAR = {
  display: { xs: 'grid', md: 'none' },
  gridTemplateColumns: 'repeat(5, minmax(0, 1fr))',
  position: 'fixed',
  zIndex: 'appBar',
  insetInline: 0,
  bottom: 0,
  minHeight: 60,
  pb: 'env(safe-area-inset-bottom)',
  bgcolor: 'background.paper',
  borderTop: 1,
  borderColor: 'divider',
} as const;

const ENTRY = {
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  justifyContent: 'center',
  gap: '3px',
  minWidth: 0,
  fontSize: 'var(--elder-small)',
  lineHeight: '0.875rem',
  fontWeight: 500,
  color: 'elder.text3',
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;

const CURRENT = { color: 'text.primary', boxShadow: 'inset 0 2px 0 var(--mui-palette-elder-text)' } as const;

const BADGE = {
  position: 'absolute',
  top: -5,
  left: 13,
  minWidth: 16,
  px: '4px',
  height: 16,
  borderRadius: '8px',
  bgcolor: 'elder.accentSoft',
  color: 'elder.accent',
  fontSize: '0.625rem',
  lineHeight: '1rem',
  textAlign: 'center',
  fontWeight: 600,
} as const;

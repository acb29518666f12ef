'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import { Fragment } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import { crumbRoom } from './crumb-room';
import { LanguageSwitch } from './LanguageSwitch';
import { useShell } from './shell-context';
import { TeamSwitch } from './TeamSwitch';
import { ThemeSwitch } from './ThemeSwitch';

export interface Crumb {
  label: string;
  /** The last one, the page itself, has none. */
  href?: string;
}

/** Where one is, search, language and theme. On phones: team, search, register. */
export function TopBar({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useMessages();
  const { openPalette } = useShell();
  return (
    <Box component="header" sx={BAR}>
      <Box sx={{ display: { xs: 'flex', md: 'none' }, minWidth: 0, flex: 1 }}>
        <TeamSwitch isCompact />
      </Box>
      <Box component="nav" aria-label={t.shell.crumbs} sx={{ display: { xs: 'none', md: 'block' }, minWidth: 0 }}>
        <Box
          component="ol"
          sx={{ display: 'flex', alignItems: 'center', gap: '6px', color: 'elder.text3', minWidth: 0 }}
        >
          {crumbs.map(({ label, href }, index) => (
            <Fragment key={`${href ?? ''} ${label}`}>
              {index > 0 && (
                <Box component="li" aria-hidden sx={{ flex: 'none' }}>
                  <Icon name="right" size={13} />
                </Box>
              )}
              <Box component="li" title={label} sx={{ ...ELLIPSIS, ...crumbRoom(label, index === crumbs.length - 1) }}>
                {href ? (
                  <Box
                    component={AppLink}
                    href={href}
                    sx={{ borderRadius: '2px', '&:hover': { color: 'text.primary' } }}
                  >
                    {label}
                  </Box>
                ) : (
                  <Box component="b" aria-current="page" sx={{ color: 'text.primary' }}>
                    {label}
                  </Box>
                )}
              </Box>
            </Fragment>
          ))}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: { xs: '2px', md: '10px' }, ml: 'auto', flex: 'none' }}>
        <ButtonBase onClick={openPalette} sx={SEARCH}>
          <Icon name="search" size={14} />
          <span>{t.shell.search}</span>
          <Box component="span" aria-hidden sx={{ ml: 'auto', display: { md: 'none', lg: 'block' } }}>
            <KeyHint>Ctrl K</KeyHint>
          </Box>
        </ButtonBase>
        <IconButton onClick={openPalette} aria-label={t.shell.searchShort} sx={ON_PHONE}>
          <Icon name="search" size={18} />
        </IconButton>
        <IconButton href="/projects/new" aria-label={t.shell.register} sx={ON_PHONE}>
          <Icon name="plus" size={18} />
        </IconButton>
        <Box sx={{ display: { xs: 'none', md: 'flex' }, alignItems: 'center', gap: '10px' }}>
          <LanguageSwitch />
          <ThemeSwitch />
        </Box>
      </Box>
    </Box>
  );
}

const BAR = {
  position: 'sticky',
  zIndex: 'appBar',
  top: 0,
  display: 'flex',
  alignItems: 'center',
  gap: '10px',
  height: { xs: 52, md: 48 },
  pl: { xs: 4, md: 6 },
  pr: { xs: 2, md: 6 },
  bgcolor: 'background.default',
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const SEARCH = {
  display: { xs: 'none', md: 'flex' },
  justifyContent: 'flex-start',
  gap: 2,
  height: 30,
  width: { md: 180, lg: 260 },
  px: 2,
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  bgcolor: 'background.paper',
  color: 'elder.text3',
  fontSize: '0.8125rem',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
} as const;

const ON_PHONE = { display: { xs: 'inline-flex', md: 'none' }, width: 44, height: 44 } as const;
const ELLIPSIS = { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

'use client';

import Box from '@mui/material/Box';
import { usePathname } from 'next/navigation';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { AppLink } from '@/components/theme/AppLink';

/** The pages about the installation. */
export function OperationsTabs() {
  const t = useMessages();
  const words = t.scaling.tabs;
  const pathname = usePathname();
  const tabs = [
    { href: '/operations', name: words.overview },
    { href: '/operations/scaling', name: words.scaling },
    { href: '/operations/cluster', name: words.cluster },
  ];
  const isAt = (href: string) => pathname === href || (href !== '/operations' && pathname.startsWith(`${href}/`));
  return (
    <Box component="nav" aria-label={words.label} sx={TABS}>
      {tabs.map(({ href, name }) => (
        <Box key={href} component={AppLink} href={href} aria-current={isAt(href) ? 'page' : undefined} sx={TAB}>
          {name}
        </Box>
      ))}
    </Box>
  );
}

const TABS = {
  display: 'flex',
  gap: 5,
  mx: { xs: -4, md: -6 },
  px: { xs: 4, md: 6 },
  mb: 5,
  borderBottom: 1,
  borderColor: 'divider',
  overflowX: 'auto',
  scrollbarWidth: 'none',
} as const;

const TAB = {
  display: 'flex',
  alignItems: 'center',
  height: 36,
  mb: '-1px',
  color: 'text.secondary',
  fontWeight: 500,
  whiteSpace: 'nowrap',
  borderBottom: '2px solid transparent',
  '&:hover': { color: 'text.primary' },
  '&[aria-current="page"]': { color: 'text.primary', borderColor: 'text.primary' },
  '&:focus-visible': { outlineOffset: '-2px' },
  '@media (pointer: coarse)': { height: 44 },
} as const;

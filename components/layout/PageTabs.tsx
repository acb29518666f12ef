'use client';

import Box from '@mui/material/Box';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useFormat } from '@/components/i18n/LocaleProvider';
import { AppLink } from '@/components/theme/AppLink';

interface PageTab {
  href: string;
  name: string;
  count?: number | null;
  /** Pages below it are its own. */
  hasPages?: boolean;
}

/** Links to pages that belong together. */
export function PageTabs({ label, tabs }: { label: string; tabs: readonly PageTab[] }) {
  const format = useFormat();
  const pathname = usePathname();
  const list = useRef<HTMLElement>(null);
  const isAt = ({ href, hasPages }: PageTab) => pathname === href || (hasPages && pathname.startsWith(`${href}/`));
  // On a phone the tab of the page may lie beyond the edge.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[href="${pathname}"]`);
    if (list.current && tab)
      list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.clientWidth) / 2;
  }, [pathname]);
  return (
    <Box component="nav" ref={list} aria-label={label} sx={TABS}>
      {tabs.map((tab) => (
        <Box key={tab.href} component={AppLink} href={tab.href} aria-current={isAt(tab) ? 'page' : undefined} sx={TAB}>
          {tab.name}
          {tab.count != null && (
            <Box component="span" sx={{ color: 'elder.text3', fontSize: '0.75rem' }}>
              {format.number(tab.count)}
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

const TABS = {
  position: 'relative',
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
  gap: '6px',
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

'use client';

import Box from '@mui/material/Box';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { AppLink } from '@/components/theme/AppLink';
import type { ProjectOverview } from '@/lib/schemas/projects';

/** The pages of a project. */
export function ProjectTabs({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const pathname = usePathname();
  const list = useRef<HTMLElement>(null);
  // On a phone the tab of the page may lie beyond the edge.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[href="${pathname}"]`);
    if (list.current && tab)
      list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.clientWidth) / 2;
  }, [pathname]);
  const base = `/projects/${overview.projectId}`;
  const tabs = [
    { href: base, name: t.project.tabs.overview, count: null },
    { href: `${base}/findings`, name: t.project.tabs.findings, count: overview.current && overview.openFindings },
    { href: `${base}/hotspots`, name: t.project.tabs.hotspots, count: null },
    { href: `${base}/components`, name: t.project.tabs.components, count: null },
    { href: `${base}/dependencies`, name: t.project.tabs.dependencies, count: null },
    { href: `${base}/audits`, name: t.project.tabs.audits, count: overview.auditCount },
  ];
  return (
    <Box component="nav" ref={list} aria-label={t.project.tabs.label} sx={TABS}>
      {tabs.map(({ href, name, count }) => (
        <Box key={href} component={AppLink} href={href} aria-current={pathname === href ? 'page' : undefined} sx={TAB}>
          {name}
          {count !== null && (
            <Box component="span" sx={{ color: 'elder.text3', fontSize: '0.75rem' }}>
              {format.number(count)}
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

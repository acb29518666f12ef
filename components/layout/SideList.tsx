'use client';

import Box from '@mui/material/Box';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { whenCompact } from '@/components/theme/density';

interface SideGroupProps {
  /** Title and count; null for a list without groups. */
  head: ReactNode;
  children: ReactNode;
}

/** A group of the list beside a detail pane; its head stays while its items pass under it. */
export function SideGroup({ head, children }: SideGroupProps) {
  return (
    <li>
      {head && <Box sx={GROUP}>{head}</Box>}
      <ul>{children}</ul>
    </li>
  );
}

interface SideItemProps {
  id: string;
  href: string;
  isSelected: boolean;
  onOpen: () => void;
  onFocus?: () => void;
  /** A control of its own, in front of the link. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A link to itself beside the list. A plain click opens it in place; others do what the browser does. */
export function SideItem({ id, href, isSelected, onOpen, onFocus, aside, children }: SideItemProps) {
  const item = useRef<HTMLAnchorElement>(null);

  // An address may ask for an item far down the list.
  useEffect(() => {
    if (isSelected) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);

  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <Box component="li" sx={{ position: 'relative' }}>
      {aside && <Box sx={ASIDE}>{aside}</Box>}
      <Box
        component="a"
        ref={item}
        href={href}
        data-row={id}
        aria-current={isSelected ? 'true' : undefined}
        onClick={open}
        onFocus={onFocus}
        sx={{ ...ITEM, ...(aside !== undefined && { pl: '38px' }) }}
      >
        {children}
      </Box>
    </Box>
  );
}

const GROUP = {
  position: 'sticky',
  top: 0,
  zIndex: 2,
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: 34,
  px: 4,
  bgcolor: 'background.default',
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const ASIDE = { position: 'absolute', zIndex: 1, top: 4, left: 8, ...whenCompact({ top: '1px' }) } as const;

const ITEM = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: '10px',
  minHeight: 54,
  scrollMarginTop: '34px',
  px: 4,
  py: '7px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:hover': { bgcolor: 'elder.hover' },
  '&[aria-current="true"]': {
    bgcolor: 'elder.selected',
    boxShadow: 'inset 2px 0 0 var(--mui-palette-elder-accentMark)',
  },
  '&:focus-visible': { outlineOffset: '-2px' },
  ...whenCompact({ minHeight: 32, py: '5px' }),
} as const;

/** The second line of an item. */
export const SIDE_META = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '0 12px',
  typography: 'body2',
  fontSize: 'var(--elder-small)',
  color: 'elder.text3',
} as const;

'use client';

import Box from '@mui/material/Box';
import { useEffect, useState } from 'react';

export interface Anchor {
  /** Of the element it leads to. */
  id: string;
  name: string;
  /** Told behind the name, as "2"; null: nothing to tell. */
  count?: string | null;
}

interface AnchorNavProps {
  label: string;
  /** What a count means, for screen readers. */
  countLabel: string;
  anchors: readonly Anchor[];
}

/** The parts of a long page, beside it; the one that is read is marked. Links like any other, so that they can be sent. */
export function AnchorNav({ label, countLabel, anchors }: AnchorNavProps) {
  const current = useCurrent(anchors.map(({ id }) => id).join(' '));
  return (
    <Box component="nav" aria-label={label} sx={NAV}>
      <Box component="ul" sx={LIST}>
        {anchors.map(({ id, name, count = null }) => (
          <li key={id}>
            <Box component="a" href={`#${id}`} aria-current={id === current ? 'true' : undefined} sx={ENTRY}>
              {name}
              {count !== null && (
                <Box component="span" sx={COUNT}>
                  <span className="elder-hidden">{countLabel} </span>
                  {count}
                </Box>
              )}
            </Box>
          </li>
        ))}
      </Box>
    </Box>
  );
}

/** The last part whose beginning has passed the upper third of the window. */
function useCurrent(ids: string): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const parts = ids.split(' ').flatMap((id) => document.getElementById(id) ?? []);
    const look = () => {
      const line = window.innerHeight / 3;
      const isAtEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
      const passed = parts.filter((part) => part.getBoundingClientRect().top <= line);
      const asked = isAtEnd ? parts.find(({ id }) => `#${id}` === window.location.hash) : undefined;
      setCurrent((asked ?? passed.at(-1) ?? parts[0])?.id ?? null);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('hashchange', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('hashchange', look);
    };
  }, [ids]);
  return current;
}

/** What such a link leads to stands clear of the bar at the top. */
export const ANCHORED = { display: 'grid', gap: 3, minWidth: 0, scrollMarginTop: '64px' } as const;

const NAV = { alignSelf: 'start', position: { md: 'sticky' }, top: { md: 64 }, minWidth: 0 } as const;

const LIST = { display: { xs: 'flex', md: 'block' }, flexWrap: 'wrap', gap: '4px' } as const;

const ENTRY = {
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: { xs: 44, md: 30 },
  px: { xs: 3, md: '10px' },
  border: { xs: '1px solid', md: 0 },
  borderColor: { xs: 'divider' },
  borderRadius: '6px',
  color: 'text.secondary',
  fontWeight: 500,
  '&:hover': { bgcolor: 'elder.hover' },
  '&[aria-current="true"]': { bgcolor: 'elder.sunken', color: 'text.primary' },
  '[data-theme="dark"] &[aria-current="true"]': { bgcolor: 'elder.hover' },
} as const;

const COUNT = {
  ml: 'auto',
  minWidth: 18,
  px: '5px',
  borderRadius: '9px',
  bgcolor: 'elder.accentSoft',
  color: 'elder.accent',
  fontSize: '0.6875rem',
  lineHeight: '1.125rem',
  textAlign: 'center',
  fontWeight: 600,
} as const;

'use client';

import Box from '@mui/material/Box';
import { usePathname } from 'next/navigation';
import type { MouseEvent } from 'react';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { putAddress } from '@/components/project/address-step';
import { EDITOR_SECTIONS, type EditorSection, SECTION_ICONS } from './sections';

interface SectionNavProps {
  current: EditorSection;
  /** On phones the list is a page of its own; false when a section has taken its place. */
  isOnPhone: boolean;
  counts: ReadonlyMap<EditorSection, number>;
}

/** The parts of the policy, each with the number of its changes that are not saved. */
export function SectionNav({ current, isOnPhone, counts }: SectionNavProps) {
  const t = useMessages();
  const format = useFormat();
  const pathname = usePathname();
  const open = (event: MouseEvent, address: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    // Its field goes with the section, and what was typed with it.
    if (refuseWrongNumbers()) return;
    putAddress(address, 'push');
    window.scrollTo({ top: 0 });
  };
  return (
    <Box
      component="nav"
      aria-label={t.policy.sections.label}
      sx={{ ...NAV, display: { xs: isOnPhone ? 'block' : 'none', md: 'block' } }}
    >
      <ul>
        {EDITOR_SECTIONS.map((section) => {
          const count = counts.get(section) ?? 0;
          const address = `${pathname}?section=${section}`;
          return (
            <li key={section}>
              <Box
                component="a"
                href={address}
                aria-current={section === current ? 'true' : undefined}
                onClick={(event) => open(event, address)}
                sx={ENTRY}
              >
                <Box component="span" sx={{ display: { md: 'none' }, color: 'text.secondary' }}>
                  <Icon name={SECTION_ICONS[section]} />
                </Box>
                {t.policy.sections[section]}
                {count > 0 && (
                  <Box component="span" sx={COUNT}>
                    <span className="elder-hidden">{t.policy.sections.unsaved} </span>
                    {format.number(count)}
                  </Box>
                )}
                <Box
                  component="span"
                  sx={{ display: { md: 'none' }, ml: count > 0 ? 0 : 'auto', color: 'elder.text3' }}
                >
                  <Icon name="right" size={14} />
                </Box>
              </Box>
            </li>
          );
        })}
      </ul>
      {counts.size > 0 && (
        <Box component="p" sx={{ px: '10px', pt: 3, fontSize: 'var(--elder-small)', color: 'elder.text3' }}>
          {t.policy.sections.help}
        </Box>
      )}
    </Box>
  );
}

const NAV = {
  alignSelf: 'start',
  position: { md: 'sticky' },
  top: { md: 64 },
  mx: { xs: -4, md: 0 },
  borderTop: { xs: 1, md: 0 },
  borderColor: { xs: 'divider', md: 'transparent' },
} as const;

const ENTRY = {
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: { xs: 48, md: 30 },
  px: { xs: 4, md: '10px' },
  borderRadius: { md: '6px' },
  borderBottom: { xs: 1, md: 0 },
  borderColor: { xs: 'divider', md: 'transparent' },
  bgcolor: { xs: 'background.paper', md: 'transparent' },
  color: { xs: 'text.primary', md: 'text.secondary' },
  fontWeight: 500,
  '&:hover': { bgcolor: 'elder.hover' },
  '&[aria-current="true"]': {
    bgcolor: { md: 'elder.sunken' },
    color: 'text.primary',
  },
  '[data-theme="dark"] &[aria-current="true"]': { bgcolor: { md: 'elder.hover' } },
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

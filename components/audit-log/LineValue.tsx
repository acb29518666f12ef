'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { showHidden } from '@/lib/magics/hidden-text';

/** About two lines of a row. */
const LONGEST = 200;

/** A value of an entry; a long one, as a comment, opens where it stands. */
export function LineValue({ text: given, isCode }: { text: string; isCode: boolean }) {
  const t = useMessages();
  const [isOpen, setOpen] = useState(false);
  if (isCode) return <Mono>{given}</Mono>;
  const text = showHidden(given);
  const letters = [...text];
  if (letters.length <= LONGEST) return <bdi>{text}</bdi>;
  return (
    <>
      <Box component="bdi" sx={isOpen ? { whiteSpace: 'pre-wrap' } : undefined}>
        {isOpen ? text : `${letters.slice(0, LONGEST).join('')}…`}
      </Box>{' '}
      <ButtonBase aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} sx={TOGGLE}>
        {isOpen ? t.auditLog.showLess : t.auditLog.showAll}
      </ButtonBase>
    </>
  );
}

const TOGGLE = {
  font: 'inherit',
  minHeight: 24,
  color: 'primary.main',
  '&:hover': { textDecoration: 'underline' },
  '@media (pointer: coarse)': { minHeight: 44 },
} as const;

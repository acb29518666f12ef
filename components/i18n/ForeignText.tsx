'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { Language } from '@/lib/magics/types';

interface ForeignTextProps {
  /** What the text is written in; nothing where it is in the reader's own language. */
  language: Language | null | undefined;
  children: string;
}

/** A text that its team may have written in the other language alone: then that language stands beside it. */
export function ForeignText({ language, children }: ForeignTextProps) {
  const t = useMessages();
  const format = useFormat();
  if (!language || language === format.language) return children;
  return (
    <>
      <span lang={language}>{children}</span>{' '}
      <Box component="abbr" title={t.common.writtenIn[language]} sx={MARK}>
        {language.toUpperCase()}
      </Box>
    </>
  );
}

const MARK = {
  display: 'inline-block',
  px: '4px',
  border: 1,
  borderColor: 'elder.lineStrong',
  borderRadius: '4px',
  fontSize: '0.6875rem',
  lineHeight: '0.875rem',
  fontWeight: 500,
  color: 'text.secondary',
  textDecoration: 'none',
} as const;

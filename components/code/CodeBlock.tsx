'use client';

import Box from '@mui/material/Box';
import { Fragment, type ReactNode } from 'react';
import { useFormat } from '@/components/i18n/LocaleProvider';
import { SeenText } from '@/components/layout/SeenText';
import { SANS } from '@/components/theme/theme';
import type { Token } from '@/components/theme/tokens';
import { showHidden } from '@/lib/magics/hidden-text';
import type { CodeView } from '@/lib/schemas/findings';
import { CODE_COLOURS, CODE_FONT } from './code-colours';

interface CodeBlockProps {
  code: CodeView;
  label: string;
  /** Lines the finding is about. */
  from: number;
  to: number;
  /** Background and edge of those lines. */
  tone: { ground: Token; edge: Token };
  hasBlame: boolean;
  /** Stands under the last of those lines. */
  note: ReactNode;
}

/** Lines of a file with their colours, who changed them last, and a note where the finding ends. */
export function CodeBlock({ code, label, from, to, tone, hasBlame, note }: CodeBlockProps) {
  const lastShown = Math.min(to, code.lines.at(-1)?.number ?? to);
  return (
    <Box role="region" aria-label={showHidden(label)} tabIndex={0} sx={{ ...BLOCK, ...CODE_COLOURS }}>
      <Box sx={{ minWidth: 'max-content' }}>
        {code.lines.map(({ number, tokens, blame }, index) => {
          const isHit = number >= from && number <= to;
          const isRunStart = blame?.commit !== code.lines[index - 1]?.blame?.commit;
          return (
            <Fragment key={number}>
              <Box
                sx={{
                  ...LINE,
                  gridTemplateColumns: `${hasBlame ? '204px ' : ''}48px minmax(0, 1fr)`,
                  ...(isHit && {
                    bgcolor: `elder.${tone.ground}`,
                    boxShadow: `inset 3px 0 0 var(--mui-palette-elder-${tone.edge})`,
                  }),
                }}
              >
                {hasBlame && <Blame blame={isRunStart ? blame : null} />}
                <Box component="span" sx={NUMBER}>
                  {number}
                </Box>
                <Box component="code" sx={{ font: 'inherit', pr: 4, unicodeBidi: 'isolate' }}>
                  {tokens.map(({ text, kind }, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one line never move
                    <span key={at} className={kind === 'plain' ? undefined : kind}>
                      {showHidden(text)}
                    </span>
                  ))}
                </Box>
              </Box>
              {number === lastShown && (
                <Box sx={{ ...NOTE, ml: hasBlame ? '252px' : '48px', borderLeftColor: `elder.${tone.edge}` }}>
                  {note}
                </Box>
              )}
            </Fragment>
          );
        })}
      </Box>
    </Box>
  );
}

function Blame({ blame }: { blame: CodeView['lines'][number]['blame'] }) {
  const format = useFormat();
  return (
    <Box
      component="span"
      sx={BLAME}
      title={blame ? `${showHidden(blame.subject)} · ${format.dateTime(blame.at)}` : undefined}
    >
      {blame && (
        <>
          <Box component="span" sx={{ fontFamily: CODE_FONT.fontFamily }}>
            {blame.commit.slice(0, 4)}
          </Box>
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            <SeenText>{blame.author}</SeenText>
          </Box>
          <span>{format.ago(blame.at)}</span>
        </>
      )}
    </Box>
  );
}

const BLOCK = {
  ...CODE_FONT,
  py: 2,
  overflowX: 'auto',
  borderBottom: 1,
  borderColor: 'divider',
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;

const LINE = { display: 'grid', whiteSpace: 'pre', minHeight: '1.3125rem' } as const;

const NUMBER = {
  pr: '14px',
  textAlign: 'right',
  color: 'elder.text3',
  fontSize: '0.71875rem',
  userSelect: 'none',
} as const;

const BLAME = {
  display: 'grid',
  gridTemplateColumns: '34px minmax(0, 1fr) auto',
  gap: '6px',
  pl: 5,
  pr: 3,
  fontFamily: SANS,
  fontSize: '0.6875rem',
  color: 'elder.text3',
  whiteSpace: 'nowrap',
} as const;

const NOTE = {
  position: 'sticky',
  left: 12,
  my: '6px',
  mr: 5,
  px: 3,
  py: '7px',
  width: 'fit-content',
  maxWidth: 'min(72ch, calc(100vw - 32px))',
  border: 1,
  borderLeft: 3,
  borderColor: 'divider',
  borderRadius: '0 6px 6px 0',
  bgcolor: 'background.default',
  fontFamily: SANS,
  fontSize: '0.78125rem',
  lineHeight: 'var(--elder-line-body)',
  whiteSpace: 'normal',
  overflowWrap: 'anywhere',
} as const;

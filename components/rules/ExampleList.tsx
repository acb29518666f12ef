import Box from '@mui/material/Box';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { type ColouredBlock, Example } from './Example';

interface ExampleListProps {
  examples: readonly (readonly ColouredBlock[])[];
  t: Messages;
  format: Format;
}

const SHOWN = 3;

/** The first examples of a rule; the others open under them. */
export function ExampleList({ examples, t, format }: ExampleListProps) {
  if (examples.length === 0) return t.rules.noExample;
  const others = examples.slice(SHOWN);
  return (
    <Box sx={LIST}>
      {examples.slice(0, SHOWN).map((blocks, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the examples of a rule never move
        <Example key={at} blocks={blocks} t={t} />
      ))}
      {others.length > 0 && (
        <Box component="details" sx={{ minWidth: 0 }}>
          <Box component="summary" sx={SUMMARY}>
            {t.rules.showAll(format.number(examples.length))}
          </Box>
          <Box sx={{ ...LIST, pt: 3 }}>
            {others.map((blocks, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the examples of a rule never move
              <Example key={at} blocks={blocks} t={t} />
            ))}
          </Box>
        </Box>
      )}
    </Box>
  );
}

const LIST = {
  display: 'grid',
  gap: 4,
  minWidth: 0,
  '& > * + *': { borderTop: '1px solid var(--mui-palette-divider)', pt: 4 },
} as const;

const SUMMARY = {
  color: 'info.main',
  fontWeight: 500,
  minHeight: 24,
  cursor: 'pointer',
  width: 'fit-content',
} as const;

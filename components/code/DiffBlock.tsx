import Box from '@mui/material/Box';
import { showHidden } from '@/lib/magics/hidden-text';
import { CODE_FONT } from './code-colours';
import { type DiffLine, diffLines } from './diff-lines';

const SIGNS: Record<DiffLine['kind'], string> = { added: '+', removed: '-', same: ' ', place: '' };
const GROUNDS: Record<DiffLine['kind'], string> = {
  added: 'elder.mossSoft',
  removed: 'elder.vermSoft',
  same: 'transparent',
  place: 'elder.sunken',
};

/** A patch with its signs, which say the same as the colours. */
export function DiffBlock({ patch, label }: { patch: string; label: string }) {
  return (
    <Box role="region" aria-label={showHidden(label)} tabIndex={0} sx={BLOCK}>
      {diffLines(patch).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one patch never move
        <Box key={at} sx={{ ...LINE, bgcolor: GROUNDS[line.kind] }}>
          <Box component="span" sx={{ width: 18, flex: 'none', userSelect: 'none' }}>
            {SIGNS[line.kind]}
          </Box>
          <bdi>{showHidden(line.text) || ' '}</bdi>
        </Box>
      ))}
    </Box>
  );
}

const BLOCK = {
  ...CODE_FONT,
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  overflowX: 'auto',
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;

const LINE = { display: 'flex', px: 3, whiteSpace: 'pre', minWidth: 'max-content' } as const;

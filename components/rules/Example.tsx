import Box from '@mui/material/Box';
import { Icon } from '@/components/marks/Icon';
import type { Messages } from '@/lib/i18n/messages';
import type { Sketch } from '@/lib/magics/define';
import { exampleBlocks } from './example-blocks';

/** A small repository of the rule's own tests, shown as files and commits. */
export function Example({ sketch, t }: { sketch: Sketch; t: Messages }) {
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      {exampleBlocks(sketch).map(({ kind, title, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one constant sketch never move
        <Box key={index} component="figure" sx={{ minWidth: 0 }}>
          <Box component="figcaption" sx={CAPTION}>
            {kind === 'commit' && <Icon name="commit" size={14} />}
            <span className="elder-hidden">{kind === 'commit' ? t.rules.exampleCommit : t.rules.exampleFile}</span>
            <Box component="code" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {title}
            </Box>
            {kind === 'deleted' && <span>({t.rules.deleted})</span>}
          </Box>
          {kind === 'file' && (
            <Box component="pre" tabIndex={0} sx={CODE}>
              {text.replace(/\n$/, '')}
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

const CAPTION = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: '6px',
  mb: 1,
  typography: 'body2',
  color: 'text.secondary',
} as const;

const CODE = {
  m: 0,
  px: 3,
  py: 2,
  maxHeight: 360,
  overflow: 'auto',
  borderRadius: '6px',
  border: 1,
  borderColor: 'divider',
  bgcolor: 'elder.canvas',
  fontSize: '0.78125rem',
  lineHeight: '1.3125rem',
  tabSize: 2,
} as const;

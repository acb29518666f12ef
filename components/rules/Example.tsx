import Box from '@mui/material/Box';
import { CODE_COLOURS, CODE_FONT } from '@/components/code/code-colours';
import { Icon } from '@/components/marks/Icon';
import type { Messages } from '@/lib/i18n/messages';
import type { CodeView } from '@/lib/schemas/findings';
import type { ExampleBlock } from './example-blocks';

export interface ColouredBlock extends ExampleBlock {
  /** Coloured runs of each line; empty for what is no file. */
  lines: CodeView['lines'][number]['tokens'][];
}

/** A small repository of the rule's own tests, shown as files and commits. */
export function Example({ blocks, t }: { blocks: readonly ColouredBlock[]; t: Messages }) {
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      {blocks.map(({ kind, title, lines }, index) => (
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
              {lines.map((tokens, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one constant file never move
                <code key={at}>
                  {tokens.map(({ text, kind: role }, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one line never move
                    <span key={place} className={role === 'plain' ? undefined : role}>
                      {text}
                    </span>
                  ))}
                  {'\n'}
                </code>
              ))}
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
  ...CODE_FONT,
  ...CODE_COLOURS,
  m: 0,
  px: 3,
  py: 2,
  maxHeight: 360,
  overflow: 'auto',
  borderRadius: '6px',
  border: 1,
  borderColor: 'divider',
  bgcolor: 'elder.canvas',
  tabSize: 2,
  '& code': { font: 'inherit' },
} as const;

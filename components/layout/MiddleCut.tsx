import Box from '@mui/material/Box';
import { showHidden } from '@/lib/magics/hidden-text';
import { splitTail } from './split-tail';

/** An address or path on one line. What is too much goes from its middle, so that its end stays to be told apart. */
export function MiddleCut({ children }: { children: string }) {
  const [head, tail] = splitTail(showHidden(children));
  return (
    <Box component="span" sx={{ display: 'flex', minWidth: 0, unicodeBidi: 'isolate' }}>
      {head !== '' && (
        <Box component="span" sx={{ ...CUT, flexShrink: 10_000, minWidth: '1em' }}>
          {head}
        </Box>
      )}
      <Box component="span" sx={CUT}>
        {tail}
      </Box>
    </Box>
  );
}

const CUT = { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre' } as const;

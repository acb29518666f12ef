'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ClusterEnd } from '@/lib/schemas/cluster';
import { problemSentence, recoveryText } from './tell';
import { useClusterWords } from './use-cluster-words';

/** Each object that an apply would change, with its fields. */
export function DifferenceList({ differences }: { differences: NonNullable<ClusterEnd['differences']> }) {
  const t = useMessages();
  const clusterWords = useClusterWords();
  return (
    <Box component="ul" sx={LIST}>
      {differences.map(({ object, change, fields, problem, recovery }) => (
        <Box component="li" key={object} sx={ITEM}>
          <Box sx={{ fontWeight: 500 }}>
            <Box component="span" sx={CHANGE}>
              {clusterWords.change[change]}
            </Box>{' '}
            {object}
          </Box>
          {problem && change === 'refused' && (
            <Box sx={QUIET}>
              {problemSentence(problem, clusterWords, t)}{' '}
              {recovery && clusterWords.recovery(recoveryText(recovery, clusterWords))}
            </Box>
          )}
          {change === 'change' && (
            <Box component="ul" sx={{ m: 0, pl: 5 }}>
              {fields.map(({ field, from, to }) => (
                <Box component="li" key={field} sx={QUIET}>
                  <code>{field}</code> {from ?? clusterWords.none} → {to ?? clusterWords.none}
                </Box>
              ))}
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

const LIST = {
  display: 'grid',
  m: 0,
  p: 0,
  listStyle: 'none',
  maxHeight: 420,
  overflow: 'auto',
} as const;
const ITEM = { py: 2, overflowWrap: 'anywhere', '& + &': { borderTop: 1, borderColor: 'divider' } } as const;
const CHANGE = { typography: 'body2', color: 'text.secondary' } as const;
const QUIET = { typography: 'body2', color: 'text.secondary' } as const;

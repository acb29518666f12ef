'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusWord } from '@/components/marks/StatusWord';
import type { ClusterNote, ClusterProgress } from '@/lib/schemas/cluster';
import { PHASE_MARKS } from './run-marks';
import { verdictText } from './tell';
import { useClusterWords } from './use-cluster-words';

interface PhaseListProps {
  progress: ClusterProgress;
  isLive: boolean;
  /** Removing knows objects alone. */
  hasPhases: boolean;
}

/** The seven phases in their order, with what is at hand, and what is worth knowing of the way. */
export function PhaseList({ progress: { cluster, phases, notes }, isLive, hasPhases }: PhaseListProps) {
  const t = useMessages();
  const words = t.cluster.run;
  const clusterWords = useClusterWords();
  const format = useFormat();
  return (
    <Box>
      {hasPhases && (
        <>
          <Box component="h3" sx={{ typography: 'h3', mb: 2 }}>
            {words.phases(cluster)}
          </Box>
          <Box component="ol" sx={LIST}>
            {phases.map(({ phase, state, object, verdict, objects }) => (
              <Box
                component="li"
                key={phase}
                sx={PHASE}
                aria-current={state === 'running' && isLive ? 'step' : undefined}
              >
                <Box sx={{ fontWeight: 500 }}>{clusterWords.phases[phase]}</Box>
                <Box>
                  <StatusWord status={state === 'running' && !isLive ? 'not_applicable' : PHASE_MARKS[state]}>
                    {state === 'running' && !isLive ? words.status.cancelled : words.state[state]}
                  </StatusWord>
                </Box>
                <Box sx={QUIET}>
                  {objects > 0 && words.objects(format.number(objects))}
                  {state === 'running' && object && (
                    <Box component="span" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
                      {object}
                      {verdict && t.common.semicolon}
                      {verdict && verdictText(verdict, clusterWords)}
                    </Box>
                  )}
                </Box>
              </Box>
            ))}
          </Box>
        </>
      )}
      {notes.length > 0 && (
        <Box component="details" sx={{ mt: hasPhases ? 3 : 0 }}>
          <Box component="summary" sx={{ cursor: 'pointer', fontWeight: 500 }}>
            {`${words.notes} (${format.number(notes.length)})`}
          </Box>
          <Box component="ul" sx={NOTES}>
            {notes.map((note) => (
              <li key={`${note.type} ${note.object}`}>{noteText(note, clusterWords)}</li>
            ))}
          </Box>
        </Box>
      )}
    </Box>
  );
}

function noteText({ type, object, need = '', fallback = '' }: ClusterNote, words: ReturnType<typeof useClusterWords>) {
  switch (type) {
    case 'engine-missing':
      return words.engineMissing(object, need, fallback);
    case 'secret-made':
      return words.secretMade(object);
    default:
      return words[type](object);
  }
}

const LIST = { display: 'grid', m: 0, p: 0, listStyle: 'none' } as const;
const PHASE = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', sm: '132px 200px minmax(0, 1fr)' },
  columnGap: 3,
  py: '6px',
  '& + &': { borderTop: 1, borderColor: 'divider' },
  '& > :last-child': { gridColumn: { xs: '1 / -1', sm: 'auto' } },
} as const;
const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
const NOTES = { m: 0, mt: 2, pl: 5, typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' } as const;

'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { FailureView } from '@/lib/schemas/cluster';
import { problemSentence, recoveryText, verdictText } from './tell';
import { useClusterWords } from './use-cluster-words';

/** Where an apply stopped, why, with what the cluster says of it, and what to do. */
export function FailureBox({ failure }: { failure: FailureView }) {
  const t = useMessages();
  const words = t.cluster.run;
  const clusterWords = useClusterWords();
  const { phase, object, problem, verdict, evidence, recovery } = failure;
  const cause = problem ? problemSentence(problem, clusterWords, t) : verdict ? verdictText(verdict, clusterWords) : '';
  const lists = evidence
    ? ([
        [clusterWords.conditions, evidence.conditions],
        [clusterWords.events, evidence.events],
        [clusterWords.unread, evidence.unread],
      ] as const)
    : [];
  const pod = evidence?.pod;
  return (
    <Box role="group" aria-label={words.failed(clusterWords.phases[phase], object)} sx={BOX}>
      <Box sx={{ display: 'flex', gap: '8px', alignItems: 'baseline', fontWeight: 500 }}>
        <StatusMark status="failed" />
        <span>{words.failed(clusterWords.phases[phase], object)}</span>
      </Box>
      <Box component="dl" sx={{ m: 0, display: 'grid', gap: 2 }}>
        <Box>
          <Box component="dt" sx={QUIET}>
            {words.cause}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {cause}
          </Box>
        </Box>
        <Box>
          <Box component="dt" sx={QUIET}>
            {words.whatToDo}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {recoveryText(recovery, clusterWords)}
          </Box>
        </Box>
      </Box>
      {lists.map(
        ([title, lines]) =>
          lines.length > 0 && (
            <Box key={title}>
              <Box sx={QUIET}>{title}</Box>
              <Box component="ul" sx={{ m: 0, pl: 5 }}>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </Box>
            </Box>
          ),
      )}
      {pod && (
        <Box>
          <Box sx={QUIET}>{clusterWords.log(pod.name, pod.container, pod.reason)}</Box>
          <Box
            component="pre"
            tabIndex={0}
            role="group"
            aria-label={clusterWords.log(pod.name, pod.container, pod.reason)}
            sx={LOG}
          >
            {pod.log.length > 0 ? pod.log.join('\n') : clusterWords.emptyLog}
          </Box>
        </Box>
      )}
    </Box>
  );
}

const BOX = {
  display: 'grid',
  gap: 3,
  p: 4,
  border: 1,
  borderColor: 'elder.lineStrong',
  borderRadius: '8px',
  minWidth: 0,
  overflowWrap: 'anywhere',
} as const;
const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
const LOG = {
  m: 0,
  mt: 1,
  p: 3,
  maxHeight: 240,
  overflow: 'auto',
  borderRadius: '6px',
  bgcolor: 'elder.sunken',
  fontSize: '0.78125rem',
} as const;

'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { ClusterEnd, ClusterRunView } from '@/lib/schemas/cluster';
import { DifferenceList } from './DifferenceList';
import { FailureBox } from './FailureBox';
import { problemSentence, recoveryText, verdictText } from './tell';
import { useClusterWords } from './use-cluster-words';

/** What came of a run, cluster by cluster. */
export function RunEnds({ run: { verb, ends } }: { run: ClusterRunView }) {
  return ends.map((end) => <RunEnd key={end.cluster ?? ''} verb={verb} end={end} />);
}

function RunEnd({ verb, end }: { verb: ClusterRunView['verb']; end: ClusterEnd }) {
  const t = useMessages();
  const words = t.cluster.run;
  const clusterWords = useClusterWords();
  const { problem, holder, failure, lackingSecrets, differences, planProblems, objects, state } = end;
  const unmet = objects?.filter(({ verdict }) => verdict.state !== 'met') ?? [];
  return (
    <Box sx={{ display: 'grid', gap: 3 }}>
      {state === 'lost' && <p>{words.lost(end.cluster ?? '')}</p>}
      {problem && (
        <Box sx={LINE}>
          <StatusMark status="failed" />
          <span>{problemSentence(problem, clusterWords, t)}</span>
        </Box>
      )}
      {holder !== null && <p>{words.locked(holder)}</p>}
      {failure && <FailureBox failure={failure} />}
      {lackingSecrets.length > 0 && (
        <Box>
          <p>{clusterWords.lackingSecrets}</p>
          <Box component="ul" sx={{ my: 2, pl: 5 }}>
            {lackingSecrets.map(({ namespace, name, keys }) => (
              <li key={name}>{clusterWords.lackingSecret(namespace, name, keys)}</li>
            ))}
          </Box>
          <Box sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {clusterWords.giveSecrets(lackingSecrets[0]?.namespace ?? '')}
          </Box>
        </Box>
      )}
      {planProblems.length > 0 && (
        <Box component="ul" sx={{ m: 0, pl: 5, overflowWrap: 'anywhere' }}>
          {planProblems.map(({ object, problem: kind, field, expected }) => (
            <li key={`${object} ${field}`}>{clusterWords.planProblem[kind](object, field, expected ?? '')}</li>
          ))}
        </Box>
      )}
      <Sums verb={verb} end={end} />
      {differences && differences.length > 0 && <DifferenceList differences={differences} />}
      {unmet.length > 0 && (
        <Box component="ul" sx={{ display: 'grid', gap: 2, m: 0, p: 0, listStyle: 'none' }}>
          {unmet.map(({ object, verdict, recovery }) => (
            <Box component="li" key={object} sx={LINE}>
              <StatusMark status={verdict.state === 'failed' ? 'failed' : 'waiting'} />
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <b>{object}</b>
                {t.common.semicolon}
                {verdictText(verdict, clusterWords)}
                <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
                  {clusterWords.recovery(recoveryText(recovery, clusterWords))}
                </Box>
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}

/** What came of it, in sentences with numbers. */
function Sums({ verb, end }: { verb: ClusterRunView['verb']; end: ClusterEnd }) {
  const t = useMessages();
  const words = t.cluster.run;
  const clusterWords = useClusterWords();
  const format = useFormat();
  const { counts, state, differences, uncheckedKinds, checksPassed, objects, lastApply, problem, holder } = end;
  if (problem || holder !== null) return null;
  const cluster = end.cluster ?? '';
  const number = (value: number) => format.number(value);
  const sentences: string[] = [];
  if (verb === 'apply' && state === 'fine') sentences.push(words.fineApply(number(counts.objects), cluster));
  if (verb === 'destroy') {
    sentences.push(words.removed(number(counts.removed), number(counts.kept), number(counts.stuck)));
  }
  if (verb === 'diff' && differences) {
    const changed = differences.filter(({ change }) => change !== 'keep').length;
    sentences.push(changed === 0 ? words.fineDiff(cluster) : words.differences(number(changed), cluster));
  }
  if (verb === 'validate' && state === 'fine') {
    sentences.push(end.cluster === null ? words.fineOffline(number(counts.objects)) : words.accepted(cluster));
    if (uncheckedKinds.length > 0) sentences.push(words.unchecked(uncheckedKinds.join(', ')));
    if (end.cluster !== null) {
      sentences.push(checksPassed === null ? clusterWords.noChecks : clusterWords.checksPassed(checksPassed));
    }
  }
  if (verb === 'status' && objects) {
    const met = objects.filter(({ verdict }) => verdict.state === 'met').length;
    sentences.push(words.met(number(met), number(objects.length), cluster), words.lastApply[lastApply ?? 'none']);
    if (lastApply && !end.isSameConfiguration) sentences.push(words.otherConfiguration);
  }
  if (sentences.length === 0) return null;
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Box>
  );
}

const LINE = { display: 'flex', gap: '8px', alignItems: 'baseline', overflowWrap: 'anywhere', minWidth: 0 } as const;

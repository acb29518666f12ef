'use client';

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SeenText } from '@/components/layout/SeenText';
import { StatusWord } from '@/components/marks/StatusWord';
import { ROW } from '@/components/team/row-style';
import { AppLink } from '@/components/theme/AppLink';
import { problemText } from '@/lib/i18n/problem-text';
import type { HostRepositoryPage, ImportOutcome } from '@/lib/schemas/connections';

const MARKS = { created: 'passed', exists: 'passed', refused: 'failed', not_reached: 'inconclusive' } as const;

interface ImportRowProps {
  row: HostRepositoryPage['items'][number];
  outcome: ImportOutcome | null;
  isWaiting: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** One repository: chosen or not, and what came of it. */
export function ImportRow({ row, outcome, isWaiting, isChosen, onChoose }: ImportRowProps) {
  const t = useMessages();
  const texts = t.hosts.importPage;
  const format = useFormat();
  const { path, project } = row;
  const isFree = project === null && outcome === null;
  const facts = [
    row.isPrivate ? texts.private : texts.public,
    row.isArchived && texts.isArchived,
    row.isFork && texts.isFork,
    row.isEmpty && texts.empty,
    row.sizeBytes !== null && format.bytes(row.sizeBytes),
  ].filter(Boolean);
  const projectId = outcome?.projectId ?? project?.projectId ?? null;
  return (
    <Box component="li" sx={ROW}>
      <Checkbox
        size="small"
        checked={isChosen && isFree}
        disabled={!isFree || isWaiting}
        onChange={(_, next) => onChoose(next)}
        slotProps={{ input: { 'aria-label': texts.choose(path) } }}
      />
      <Box sx={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Box sx={{ fontWeight: 500 }}>
          {projectId ? (
            <Link component={AppLink} href={`/projects/${projectId}`}>
              <SeenText>{path}</SeenText>
            </Link>
          ) : (
            <SeenText>{path}</SeenText>
          )}
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3' }}>{facts.join(' · ')}</Box>
        {outcome?.code && (
          <Box sx={{ typography: 'body2', color: 'text.secondary' }}>{problemText(t, outcome.code)}</Box>
        )}
      </Box>
      {outcome ? (
        <StatusWord status={MARKS[outcome.outcome]}>{texts.outcome[outcome.outcome]}</StatusWord>
      ) : isWaiting ? (
        <StatusWord status="running">{texts.outcome.waiting}</StatusWord>
      ) : (
        project && <StatusWord status="passed">{texts.registered}</StatusWord>
      )}
    </Box>
  );
}

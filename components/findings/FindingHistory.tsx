'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SeenText } from '@/components/layout/SeenText';
import type { FindingEventView, FindingHistory as History } from '@/lib/schemas/triage';

/** What happened to a finding, the newest first. */
export function FindingHistory({ findingId }: { findingId: string }) {
  const format = useFormat();
  const query = useQuery({
    queryKey: queryKeys.history(findingId),
    queryFn: ({ signal }) => callApi<History>(`/findings/${findingId}/history`, { signal }),
  });
  if (query.isPending) return <RowSkeletons height={44} />;
  if (query.isError) {
    return (
      <Box sx={{ p: 4 }}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </Box>
    );
  }
  return (
    <Box component="ol">
      {query.data.items.toReversed().map((item) => (
        <Box component="li" key={`${item.at} ${item.event.kind}`} sx={ROW}>
          <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
            <What event={item.event} />
          </Box>
          <Box component="span" sx={{ color: 'elder.text3', whiteSpace: 'nowrap' }} title={format.dateTime(item.at)}>
            {item.actor ? `${item.actor.name} · ` : ''}
            {format.ago(item.at)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function What({ event }: { event: FindingEventView['event'] }) {
  const t = useMessages();
  const words = t.triage.history;
  if (event.kind === 'verdict' || event.kind === 'expired') {
    const said = event.kind === 'verdict' ? event.after : event.before;
    const title = event.kind === 'expired' ? words.expired : said ? words.verdict[said.verdict] : words.takenBack;
    return (
      <>
        <Box component="span" sx={{ fontWeight: 500 }}>
          {title}
        </Box>
        {said && (
          <Box component="p" sx={{ color: 'text.secondary', whiteSpace: 'pre-wrap' }}>
            <SeenText>{said.reason}</SeenText>
            {said.until && ` (${t.triage.facts.until(said.until)})`}
          </Box>
        )}
      </>
    );
  }
  if (event.kind === 'assignee') {
    return <span>{event.after ? words.assigned(event.after.name) : words.unassigned}</span>;
  }
  if ('import' in event) {
    const { toolName, commit } = event.import;
    return <span>{words[event.kind](toolName, commit.slice(0, 7))}</span>;
  }
  return <Link href={`/audits/${event.audit.auditId}`}>{words[event.kind](event.audit.number)}</Link>;
}

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 16px',
  px: { xs: 4, md: 5 },
  py: '10px',
  borderBottom: 1,
  borderColor: 'divider',
} as const;

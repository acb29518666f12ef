'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Rich } from '@/components/i18n/Rich';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { useAuditUpdates } from '@/components/live/use-audit-updates';
import { auditErrorText } from '@/components/project/card-words';
import { MagicCards } from '@/components/project/MagicCards';
import type { ProjectNames } from '@/components/project/names';
import { StageRail } from '@/components/project/StageRail';
import { STILL_THERE_MS } from '@/components/project/use-overview';
import type { AuditDetail } from '@/lib/schemas/audits';
import { AuditFacts } from './AuditFacts';
import { AuditHead } from './AuditHead';
import { ChangedFirst } from './ChangedFirst';
import { JobsPanel } from './JobsPanel';
import { TimelinePanel } from './TimelinePanel';

interface AuditViewProps {
  auditId: string;
  groups: ProjectNames['groups'];
  canCancel: boolean;
  current: number | null;
}

/** One audit: what it was about, where its jobs ran, what the magics said. */
export function AuditView({ auditId, groups, canCancel, current }: AuditViewProps) {
  const query = useQuery({
    queryKey: queryKeys.audit(auditId),
    queryFn: ({ signal }) => callApi<AuditDetail>(`/audits/${auditId}`, { signal }),
    refetchInterval: ({ state }) => (state.data && !state.data.endedAt ? STILL_THERE_MS : false),
  });
  const audit = query.data;
  const isLive = audit?.status === 'running' || audit?.status === 'queued';
  useAuditUpdates({
    ...(audit && { projectId: audit.projectId }),
    seed: audit && isLive ? { auditId, sequence: audit.eventSequence } : null,
  });
  if (!audit) return query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null;

  return (
    <>
      <AuditHead audit={audit} isLive={isLive} canCancel={canCancel} current={current} />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <EndNote audit={audit} />
        {isLive && <StageRail audit={audit} progress={audit.progress} hasLink={false} />}
        <AuditFacts audit={audit} />
        {audit.targetFiles.length > 0 && !isLive && <ChangedFirst audit={audit} />}
        <Box sx={{ display: { xs: 'none', md: 'block' }, minWidth: 0 }}>
          <TimelinePanel audit={audit} isLive={isLive} />
        </Box>
        <MagicCards
          projectId={audit.projectId}
          cards={audit.magics}
          progress={isLive ? audit.progress : null}
          isOver={!isLive}
          groups={groups}
        />
        <JobsPanel audit={audit} isLive={isLive} />
      </Box>
    </>
  );
}

function EndNote({ audit }: { audit: AuditDetail }) {
  const t = useMessages();
  const format = useFormat();
  const { status, number, magics } = audit;
  if (status === 'cancelled') return <Note status="not_applicable">{t.audit.cancelled}</Note>;
  if (status === 'failed') {
    return (
      <Note status="error">
        <b>{t.audit.failed}</b> {auditErrorText(audit, t)}
      </Note>
    );
  }
  if (status !== 'partial') return null;
  const missing = magics.filter((card) => card.status === 'error').map(({ magic }) => t.common.magics[magic]);
  const text =
    missing.length > 0 ? t.project.partial.named(number, format.list(missing)) : t.project.partial.unnamed(number);
  return (
    <Note status="partial">
      <Rich text={text} />
    </Note>
  );
}

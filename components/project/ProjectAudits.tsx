'use client';

import Box from '@mui/material/Box';
import { AuditRow } from '@/components/audits/AuditRow';
import { useAudits } from '@/components/audits/use-audits';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { ProjectHeader } from './ProjectHeader';
import { ProjectTabs } from './ProjectTabs';
import { useOverview } from './use-overview';

/** Every audit of the project, newest first. */
export function ProjectAudits({ projectId }: { projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const overview = useOverview(projectId).data;
  const query = useAudits({ projectId });
  const audits = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {overview && <ProjectHeader overview={overview} />}
      {overview && <ProjectTabs overview={overview} />}
      <ListFrame
        query={query}
        more={t.project.audits.older}
        foot={
          audits.length > 0 && (
            <span role="status">
              {t.findings.shown(format.number(audits.length), format.number(overview?.auditCount ?? audits.length))}
            </span>
          )
        }
      >
        {query.data && audits.length === 0 && <EmptyState title={t.project.audits.none} />}
        {audits.length > 0 && (
          <Box component="ul" aria-label={t.project.audits.title}>
            {audits.map((audit) => (
              <AuditRow key={audit.auditId} audit={audit} />
            ))}
          </Box>
        )}
      </ListFrame>
    </>
  );
}

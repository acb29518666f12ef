'use client';

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import { useState } from 'react';
import { AuditRow } from '@/components/audits/AuditRow';
import { useAudits } from '@/components/audits/use-audits';
import { CompareBar } from '@/components/compare/CompareBar';
import { hasResult } from '@/components/compare/has-result';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { ProjectHeader } from './ProjectHeader';
import { ProjectTabs } from './ProjectTabs';
import { useOverview } from './use-overview';

/** Every audit of the project, newest first; two of them can be compared. */
export function ProjectAudits({ projectId }: { projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const overview = useOverview(projectId).data;
  const query = useAudits({ projectId });
  const audits = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // A third takes the place of the first.
  const toggle = (auditId: string) =>
    setChosen(chosen.includes(auditId) ? chosen.filter((one) => one !== auditId) : [...chosen, auditId].slice(-2));
  return (
    <>
      {overview && <ProjectHeader overview={overview} />}
      {overview && <ProjectTabs overview={overview} />}
      <ListFrame
        query={query}
        more={t.project.audits.older}
        bar={<CompareBar projectId={projectId} audits={audits} chosen={chosen} />}
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
              <AuditRow
                key={audit.auditId}
                audit={audit}
                aside={
                  hasResult(audit) ? (
                    <Checkbox
                      size="small"
                      checked={chosen.includes(audit.auditId)}
                      onChange={() => toggle(audit.auditId)}
                      slotProps={{ input: { 'aria-label': t.compare.choose(audit.number) } }}
                    />
                  ) : (
                    <span />
                  )
                }
              />
            ))}
          </Box>
        )}
      </ListFrame>
    </>
  );
}

'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { PageHeader } from '@/components/layout/PageHeader';
import { AuditHeads } from './AuditHeads';
import { AuditRow } from './AuditRow';
import { useAudits } from './use-audits';

/** Audits of the team's projects, newest first. */
export function AuditsView({ teamId }: { teamId: string }) {
  const t = useMessages();
  const format = useFormat();
  const query = useAudits({ teamId });
  const audits = query.data?.pages.flatMap((page) => page.items);
  const running = audits?.filter(({ status }) => status === 'running' || status === 'queued').length ?? 0;
  return (
    <>
      <PageHeader
        title={t.audits.title}
        lead={audits && audits.length > 0 && t.audits.summary(format.number(audits.length), running)}
      />
      <ListFrame query={query} more={t.audits.showMore}>
        {audits?.length === 0 && (
          <EmptyState title={t.audits.empty}>
            <Button variant="outlined" href="/projects/new">
              {t.shell.register}
            </Button>
          </EmptyState>
        )}
        {audits && audits.length > 0 && (
          <>
            <AuditHeads />
            <Box component="ul" aria-label={t.audits.title}>
              {audits.map((audit) => (
                <AuditRow key={audit.auditId} audit={audit} />
              ))}
            </Box>
          </>
        )}
      </ListFrame>
    </>
  );
}

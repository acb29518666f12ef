'use client';

import Box from '@mui/material/Box';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { PageHeader } from '@/components/layout/PageHeader';
import { putAddress } from '@/components/project/address-step';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditLogPage } from '@/lib/schemas/audit-log';
import { CheckLog } from './CheckLog';
import { parseLogFilter } from './filter';
import { LogHeads } from './LogHeads';
import { LogRow } from './LogRow';
import { PAGE_SIZE } from './page-size';

/** Who changed what in the team, newest first. */
export function AuditLogView({ teamId, actions }: { teamId: string; actions: readonly string[] }) {
  const t = useMessages();
  const { action } = parseLogFilter(useSearchParams());
  const query = useInfiniteQuery({
    queryKey: queryKeys.auditLogOf(teamId, action),
    queryFn: ({ pageParam, signal }) =>
      callApi<AuditLogPage>(
        `/teams/${teamId}/audit-log${queryString({ action, limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const entries = query.data?.pages.flatMap(({ items, things }) => items.map((entry) => ({ entry, things })));
  const choose = (chosen: string | null) =>
    putAddress(`/teams/${teamId}/audit-log${queryString({ action: chosen })}`, 'push');
  return (
    <>
      <PageHeader title={t.auditLog.title} lead={t.auditLog.lead} action={<CheckLog teamId={teamId} />} />
      <ListFrame
        query={query}
        more={t.auditLog.showMore}
        bar={
          <Box role="search" sx={{ display: 'flex', mb: 3 }}>
            <ChoiceMenu
              label={t.auditLog.byAction}
              all={t.auditLog.anyAction}
              value={action}
              options={actions.map((one) => ({ value: one, name: textOf(t.auditLog.actions, one) ?? one }))}
              onChange={choose}
            />
          </Box>
        }
      >
        {entries?.length === 0 && <EmptyState title={action ? t.auditLog.noMatch : t.auditLog.empty} />}
        {entries && entries.length > 0 && (
          <>
            <LogHeads />
            <Box component="ul" aria-label={t.auditLog.title}>
              {entries.map(({ entry, things }) => (
                <LogRow
                  key={entry.hash ?? `${entry.at} ${entry.action} ${entry.target}`}
                  teamId={teamId}
                  entry={entry}
                  things={things}
                />
              ))}
            </Box>
          </>
        )}
      </ListFrame>
    </>
  );
}

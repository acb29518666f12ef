'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { PageHeader } from '@/components/layout/PageHeader';
import { PhoneBack } from '@/components/layout/PhoneBack';
import { Icon } from '@/components/marks/Icon';
import { useConfiguration } from '@/components/policy/use-configuration';
import { AppLink } from '@/components/theme/AppLink';
import type { VersionPage } from '@/lib/schemas/configuration';
import { VERSIONS_A_PAGE } from './page-size';
import { VersionRow } from './VersionRow';

/** Every version of the policy, newest first. */
export function HistoryView({ team }: { team: { id: string; name: string } }) {
  const t = useMessages();
  const shown = Number(useSearchParams().get('version') ?? 0);
  const { data: view } = useConfiguration(team.id);
  const query = useInfiniteQuery({
    queryKey: queryKeys.configurationHistory(team.id),
    queryFn: ({ pageParam, signal }) =>
      callApi<VersionPage>(
        `/teams/${team.id}/configuration/history${queryString({ limit: VERSIONS_A_PAGE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const versions = query.data?.pages.flatMap((page) => page.items);
  const words = t.policy.history;
  const policy = `/teams/${team.id}/policy`;
  return (
    <>
      <PhoneBack href={policy}>{words.toPolicy}</PhoneBack>
      <PageHeader
        title={words.page}
        lead={words.lead}
        action={
          <Button
            variant="outlined"
            component={AppLink}
            href={policy}
            startIcon={<Icon name="sliders" size={14} />}
            sx={{ display: { xs: 'none', md: 'inline-flex' } }}
          >
            {words.toPolicy}
          </Button>
        }
      />
      {view && !view.canChange && (
        <Box sx={{ mb: 4 }}>
          <Note>{t.policy.viewer(team.name)}</Note>
        </Box>
      )}
      <ListFrame query={query} more={words.more}>
        {versions?.length === 0 && <EmptyState title={words.empty} />}
        {view && versions && versions.length > 0 && (
          <Box component="ul" aria-label={words.page}>
            {versions.map((version) => (
              <VersionRow
                key={version.version}
                teamId={team.id}
                version={version}
                view={view}
                isOpen={version.version === shown}
              />
            ))}
          </Box>
        )}
      </ListFrame>
    </>
  );
}

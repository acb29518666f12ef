'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { OperationsTabs } from '@/components/operations/OperationsTabs';
import { useAddress } from '@/components/project/use-address';
import type { ClusterView } from '@/lib/schemas/cluster';
import { ClusterActions } from './ClusterActions';
import { ConfigurationEditor } from './ConfigurationEditor';
import { isOpen } from './is-open';
import { RunList } from './RunList';
import { RunPanel } from './RunPanel';
import { useClusterDraft } from './use-cluster-draft';

const REREAD_MS = 5_000;

/** The cluster of the instance: how it is to be, what can be done, how it goes. */
export function ClusterPage({ initial }: { initial: ClusterView }) {
  const t = useMessages();
  const words = t.cluster;
  const { parameters } = useAddress();
  const query = useQuery({
    queryKey: queryKeys.cluster,
    queryFn: ({ signal }) => callApi<ClusterView>('/cluster', { signal }),
    initialData: initial,
    refetchInterval: REREAD_MS,
  });
  const view = query.data;
  const form = useClusterDraft(view);
  const { version, access, checked, runs } = view;
  const open = runs.find(isOpen);
  const { name, deploymentMode } = checked.configuration ?? {};
  const lead = open
    ? words.lead.running(words.verb[open.verb])
    : version === 0
      ? words.lead.none
      : words.lead.described(String(name ?? ''), String(deploymentMode ?? ''));
  const shown = parameters.get('run') ?? open?.runId ?? runs[0]?.runId;
  return (
    <>
      <PageHeader title={words.title} lead={lead} />
      <OperationsTabs />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Note {...(access === 'none' && { status: 'warning' as const })}>{words.access[access]}</Note>
        <Box sx={PAIR}>
          <ConfigurationEditor view={view} form={form} />
          <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
            <ClusterActions view={view} isUnsaved={form.isChanged} />
            {shown && <RunPanel key={shown} runId={shown} view={view} />}
            <RunList runs={runs} shown={shown} />
          </Box>
        </Box>
      </Box>
    </>
  );
}

const PAIR = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', xl: 'repeat(2, minmax(0, 1fr))' },
} as const;

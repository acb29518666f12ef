'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useAddress } from '@/components/project/use-address';
import type { ClusterRunRequest, ClusterRunView } from '@/lib/schemas/cluster';

/** Has something done with the cluster, and shows how it goes. */
export function useClusterRun(onDone?: () => void) {
  const client = useQueryClient();
  const { change } = useAddress();
  return useMutation({
    mutationFn: (body: ClusterRunRequest) => callApi<ClusterRunView>('/cluster/runs', { method: 'POST', body }),
    onSuccess: (run) => {
      client.setQueryData(queryKeys.clusterRun(run.runId), run);
      change({ run: run.runId }, 'push');
      onDone?.();
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.cluster, exact: true }),
  });
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callApi } from '@/components/api/client';
import type { RegistrationCheck } from '@/lib/schemas/projects';

const SETTLE_MS = 500;

interface CheckInput {
  teamId: string;
  repositoryUrl: string;
  branch: string;
  /** Empty: whatever works. */
  connectionId: string;
  sshKeyId: string | null;
}

/** Checks an address when typing pauses. `isCurrent` is false while what is shown belongs to another address. */
export function useCheck(input: CheckInput) {
  const settled = useSettled(input);
  const isEnabled = settled.repositoryUrl !== '';
  const query = useQuery({
    queryKey: ['registration-check', settled],
    queryFn: ({ signal }) => {
      const { branch, connectionId, sshKeyId, ...rest } = settled;
      return callApi<RegistrationCheck>('/projects/check', {
        method: 'POST',
        body: {
          ...rest,
          ...(branch && { branch }),
          ...(connectionId && { connectionId }),
          ...(sshKeyId && { sshKeyId }),
        },
        signal,
      });
    },
    enabled: isEnabled,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const isSettled =
    settled.repositoryUrl === input.repositoryUrl &&
    settled.branch === input.branch &&
    settled.connectionId === input.connectionId &&
    settled.sshKeyId === input.sshKeyId;
  const hasAddress = input.repositoryUrl !== '';
  return {
    ...query,
    isCurrent: isSettled && isEnabled,
    isChecking: hasAddress && (query.isFetching || !isSettled),
    isError: query.isError && isSettled,
  };
}

function useSettled(input: CheckInput): CheckInput {
  const [settled, setSettled] = useState(input);
  const { teamId, repositoryUrl, branch, connectionId, sshKeyId } = input;

  useEffect(() => {
    const timer = setTimeout(() => setSettled({ teamId, repositoryUrl, branch, connectionId, sshKeyId }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [teamId, repositoryUrl, branch, connectionId, sshKeyId]);

  return settled;
}

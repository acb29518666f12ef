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
}

/** Checks an address when typing pauses. `isCurrent` is false while what is shown belongs to another address. */
export function useCheck(input: CheckInput) {
  const settled = useSettled(input);
  const isEnabled = settled.repositoryUrl !== '';
  const query = useQuery({
    queryKey: ['registration-check', settled],
    queryFn: ({ signal }) => {
      const { branch, ...rest } = settled;
      return callApi<RegistrationCheck>('/projects/check', {
        method: 'POST',
        body: branch ? { ...rest, branch } : rest,
        signal,
      });
    },
    enabled: isEnabled,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const isSettled = settled.repositoryUrl === input.repositoryUrl && settled.branch === input.branch;
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
  const { teamId, repositoryUrl, branch } = input;

  useEffect(() => {
    const timer = setTimeout(() => setSettled({ teamId, repositoryUrl, branch }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [teamId, repositoryUrl, branch]);

  return settled;
}

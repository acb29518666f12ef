'use client';

import { useState } from 'react';
import { callApi } from '@/components/api/client';
import type { ImportOutcome, ProjectsImported } from '@/lib/schemas/connections';

/** So few that each repository shows soon what came of it. */
const A_REQUEST = 3;

/** Registers repositories a few at a time. What came of each stays until the page is left. */
export function useImport(teamId: string, connectionId: string, onEnd: () => void) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, ImportOutcome>>(new Map());
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(0);
  const [error, setError] = useState<unknown>(null);

  const run = async (paths: readonly string[]): Promise<void> => {
    const left = [...paths];
    setAll(left.length);
    setError(null);
    setWaiting(new Set(left));
    try {
      while (left.length > 0) {
        const { items } = await callApi<ProjectsImported>(`/teams/${teamId}/projects/import`, {
          method: 'POST',
          body: { connectionId, repositories: left.splice(0, A_REQUEST) },
        });
        setOutcomes((known) => new Map([...known, ...items.map((item) => [item.path, item] as const)]));
        setWaiting(new Set(left));
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setWaiting(new Set());
      onEnd();
    }
  };

  return {
    outcomes,
    waiting,
    error,
    all,
    done: all - waiting.size,
    isRunning: waiting.size > 0,
    start: (paths: readonly string[]) => void run(paths),
  };
}

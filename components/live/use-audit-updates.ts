'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { type Connection, liveClient } from './live-client';

interface Scope {
  projectId?: string;
  teamId?: string;
  /** The running audit and the last event the page was drawn with, so that nothing is asked for twice. */
  seed?: { auditId: string; sequence: number } | null;
}

/** Keeps what React Query holds of a project or a team right while it is on screen. */
export function useAuditUpdates({ projectId, teamId, seed }: Scope): Connection {
  const auditId = seed?.auditId;
  const sequence = seed?.sequence;

  useEffect(() => {
    if (auditId !== undefined && sequence !== undefined) liveClient.seed(auditId, sequence);
  }, [auditId, sequence]);

  useEffect(() => (projectId ? liveClient.join({ projectId }) : undefined), [projectId]);
  useEffect(() => (teamId ? liveClient.join({ teamId }) : undefined), [teamId]);

  return useConnection();
}

const CONNECTING: Connection = { state: 'connecting', asOf: 0 };

export function useConnection(): Connection {
  return useSyncExternalStore(liveClient.watch, liveClient.connection, () => CONNECTING);
}

import type { Logger } from '@/lib/logger';
import type { Role, Scope } from './permissions';

/** Who asks. Built at the edge; services decide with it. */
export interface Context {
  userId: string | null;
  /** Teams the asker may see; every query is filtered by them. */
  teamIds: readonly string[];
  roleIn: (teamId: string) => Role | null;
  /** Scopes of an API token; null for a signed-in person. */
  scopes: readonly Scope[] | null;
  requestId: string;
  log: Logger;
}

interface ContextParts {
  userId: string | null;
  roles: ReadonlyMap<string, Role>;
  scopes?: readonly Scope[] | null;
  requestId: string;
  log: Logger;
}

export function createContext({ userId, roles, scopes = null, requestId, log }: ContextParts): Context {
  return {
    userId,
    teamIds: [...roles.keys()],
    roleIn: (teamId) => roles.get(teamId) ?? null,
    scopes,
    requestId,
    log: log.child({ requestId, userId }),
  };
}

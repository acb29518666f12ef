import type { Logger } from '@/lib/logger';
import type { Role, Scope } from './permissions';

/** Who asks. Built at the edge; services decide with it. */
export interface Context {
  userId: string | null;
  /** The session of a signed-in browser; null for tokens and for what the product does by itself. */
  sessionId: string | null;
  /** The API token; null for a signed-in person and for what the product does by itself. */
  tokenId: string | null;
  /** Teams the asker may see; every query is filtered by them. */
  teamIds: readonly string[];
  roleIn: (teamId: string) => Role | null;
  /** Scopes of an API token; null for a signed-in person. */
  scopes: readonly Scope[] | null;
  /** Of the client, as the web process saw it; null for what the product does by itself. */
  address: string | null;
  requestId: string;
  log: Logger;
}

interface ContextParts {
  userId: string | null;
  sessionId?: string | null;
  tokenId?: string | null;
  roles: ReadonlyMap<string, Role>;
  scopes?: readonly Scope[] | null;
  address?: string | null;
  requestId: string;
  log: Logger;
}

export function createContext(parts: ContextParts): Context {
  const { userId, sessionId = null, tokenId = null, roles, scopes = null, address = null, requestId, log } = parts;
  return {
    userId,
    sessionId,
    tokenId,
    teamIds: [...roles.keys()],
    roleIn: (teamId) => roles.get(teamId) ?? null,
    scopes,
    address,
    requestId,
    log: log.child({ requestId, userId }),
  };
}

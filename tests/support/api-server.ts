import { randomUUID } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { app } from '@/lib/api/app';
import type { Role, Scope } from '@/lib/auth/permissions';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import { serve, type WebServer } from './web-server';

/** The API of this process over HTTP, as the web process serves it. */
export function serveApi(): Promise<WebServer> {
  return serve(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
}

/** A token of a member that the team gained for it. */
export async function apiTokenOf(
  teamId: string,
  { scopes = ['read', 'write'], role = 'member', days = 30 }: { scopes?: Scope[]; role?: Role; days?: number } = {},
): Promise<string> {
  const value = createTokenValue();
  const { id: userId } = await db().user.create({
    data: { email: `${randomUUID()}@example.org`, name: 'Rin', memberships: { create: { teamId, role } } },
  });
  const expiresAt = new Date(Date.now() + days * 24 * 3600_000 + 60_000);
  await db().apiToken.create({
    data: { userId, teamId, name: 'Pipeline', tokenHash: hashSecret(value), scopes, expiresAt },
  });
  return value;
}

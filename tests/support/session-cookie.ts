import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import type { Role } from '@/lib/auth/permissions';
import { createSession } from '@/lib/auth/sessions';
import { db } from '@/lib/db/client';

/** Call it before the settings are read. */
export function prepareAuthSecret(): string {
  process.env.AUTH_SECRET ??= randomUUID();
  return process.env.AUTH_SECRET;
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  cookie: string;
}

/** A person in these teams, signed in. */
export async function signedInPerson(teamIds: readonly string[], role: Role = 'viewer'): Promise<SignedIn> {
  const { id: userId } = await db().user.create({
    data: {
      email: `${randomUUID()}@example.org`,
      name: 'Person',
      memberships: { create: teamIds.map((teamId) => ({ teamId, role })) },
    },
  });
  return { userId, ...(await signInAgain(userId)) };
}

/** Another browser of the person. */
export async function signInAgain(userId: string): Promise<Omit<SignedIn, 'userId'>> {
  const sessionId = await db().$transaction((tx) => createSession(tx, userId));
  return { sessionId, cookie: await cookieOf({ sub: userId, sessionId }) };
}

export async function cookieOf(token: Record<string, unknown>, secret = prepareAuthSecret()): Promise<string> {
  return `next-auth.session-token=${await encode({ token, secret })}`;
}

import { decode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import type { Logger } from '@/lib/logger';
import { type Context, createContext } from './context';
import { contextOf, identityOfToken, identityOfUser } from './identity';

const COOKIE_NAMES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];
const BEARER = /^Bearer ([\w.~+/=-]{8,512})$/i;

interface Credentials {
  authorization: string | null;
  cookie: string | null;
}

/** Who sent a request. A bad or expired credential is nobody: the service behind says what that may do. */
export async function authenticate(
  { authorization, cookie }: Credentials,
  requestId: string,
  log: Logger,
): Promise<Context> {
  const nobody = () => createContext({ userId: null, roles: new Map(), requestId, log });
  if (authorization) {
    const value = BEARER.exec(authorization)?.[1];
    const identity = value ? await identityOfToken(value) : null;
    return identity ? contextOf(identity, requestId, log) : nobody();
  }
  const session = await readSession(cookie);
  const identity = session ? await identityOfUser(session.userId, session.epoch) : null;
  return identity ? contextOf(identity, requestId, log) : nobody();
}

async function readSession(cookie: string | null): Promise<{ userId: string; epoch: number } | null> {
  const secret = env().AUTH_SECRET;
  const value = cookie ? sessionCookie(cookie) : null;
  if (!secret || !value) return null;
  const token = await decode({ token: value, secret }).catch(() => null);
  return token?.sub ? { userId: token.sub, epoch: Number(token.epoch ?? 0) } : null;
}

/** next-auth splits cookies over 4 kB in numbered parts; ours are far smaller. */
function sessionCookie(header: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && COOKIE_NAMES.includes(part.slice(0, at).trim())) return part.slice(at + 1).trim();
  }
  return null;
}

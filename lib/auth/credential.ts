import { decode } from 'next-auth/jwt';
import * as z from 'zod';
import { env } from '@/lib/env';
import { hashSecret } from './secrets';

/** What a request shows to say who sends it, without the secret itself. */
export interface Credential {
  kind: 'session' | 'token';
  /** The session, or the hash of the token. */
  id: string;
  key: string;
}

export interface CredentialHeaders {
  authorization: string | null;
  cookie: string | null;
}

const BEARER = /^Bearer ([\w.~+/=-]{8,512})$/i;
const SessionId = z.uuid();

/** A token goes before a cookie. Null for none, and for what is malformed or not signed by us. */
export async function readCredential({ authorization, cookie }: CredentialHeaders): Promise<Credential | null> {
  if (!authorization) return readSession(cookie);
  const value = BEARER.exec(authorization)?.[1];
  return value ? credential('token', hashSecret(value)) : null;
}

export function hasSecureCookies(): boolean {
  return env().PUBLIC_URL.startsWith('https://');
}

/** With HTTPS only the prefixed name counts: another host of the domain cannot plant a cookie under it. */
function cookieName(): string {
  return hasSecureCookies() ? '__Secure-next-auth.session-token' : 'next-auth.session-token';
}

async function readSession(header: string | null): Promise<Credential | null> {
  const secret = env().AUTH_SECRET;
  const value = header ? sessionCookie(header) : null;
  if (!secret || !value) return null;
  const token = await decode({ token: value, secret }).catch(() => null);
  return sessionCredential(token?.sessionId);
}

/** The session that a decoded cookie names. */
export function sessionCredential(sessionId: unknown): Credential | null {
  const id = SessionId.safeParse(sessionId);
  return id.success ? credential('session', id.data) : null;
}

function credential(kind: Credential['kind'], id: string): Credential {
  return { kind, id, key: `${kind}:${id}` };
}

/** next-auth splits cookies over 4 kB in numbered parts; ours are far smaller. */
function sessionCookie(header: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === cookieName()) return part.slice(at + 1).trim();
  }
  return null;
}

import type { User } from 'next-auth';
import { db, type Tx } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import type { ChangeAction } from '@/lib/schemas/change-actions';
import { PASSWORD_LENGTH } from '@/lib/schemas/users';
import { browserName } from './browser-name';
import { limitKeyOf } from './client-address';
import { readCredential } from './credential';
import { appendLogEntry } from './log-chain';
import { verifyPassword } from './passwords';
import { createRateLimiter } from './rate-limit';
import { createSession, endSession } from './sessions';
import { asSystem } from './tenants';

const WINDOW_MS = 15 * 60_000;
/** From one network: nobody locks somebody else's account from theirs. */
const byAccountThere = createRateLimiter(10, WINDOW_MS);
const byAccount = createRateLimiter(100, WINDOW_MS);
const byNetwork = createRateLimiter(50, WINDOW_MS);

/** Loose on purpose: what could be in the database. Control characters could not, and it would complain. */
const EMAIL = /^[^\s\p{Cc}\p{Cs}@]{1,200}@[^\s\p{Cc}\p{Cs}@]{1,253}$/u;

interface Credentials {
  email: string;
  password: string;
  /** Client address as the web process saw it. */
  address: string;
  /** Names the session that this browser had before, which ends. */
  cookie: string | null;
  userAgent?: string | null;
}

/** The person, or null. Wrong password, unknown e-mail and too many tries look the same from outside. */
export function signInWithPassword(credentials: Credentials): Promise<User | null> {
  return asSystem(() => enter(credentials));
}

async function enter({ email, password, address, cookie, userAgent = null }: Credentials): Promise<User | null> {
  const key = email.trim().toLowerCase();
  if (!EMAIL.test(key) || password.length > PASSWORD_LENGTH.max) return null;
  if (isLimited(key, address)) return null;

  const user = await db().user.findFirst({ where: { email: key } });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !isRight) {
    await db().$transaction((tx) => logTry(tx, 'session.refused', user?.id ?? null, address));
    return null;
  }
  // Only failures count: many people may sign in from one address.
  byAccountThere.reset(placeOf(key, address));
  byAccount.giveBack(key);
  byNetwork.giveBack(limitKeyOf(address));
  const sessionId = await db().$transaction(async (tx) => {
    const id = await createSession(tx, user.id, { address, browser: browserName(userAgent) });
    await logTry(tx, 'session.created', user.id, address);
    return id;
  });
  const previous = await readCredential({ authorization: null, cookie });
  if (previous) await endSession(previous.id);
  return { id: user.id, name: user.name, email: user.email, sessionId };
}

async function logTry(tx: Tx, action: ChangeAction, actorId: string | null, address: string): Promise<void> {
  await appendLogEntry(tx, { action, actorId, teamId: null, address });
}

function placeOf(key: string, address: string): string {
  return `${limitKeyOf(address)} ${key}`;
}

function isLimited(key: string, address: string): boolean {
  try {
    byNetwork.take(limitKeyOf(address));
    byAccountThere.take(placeOf(key, address));
    byAccount.take(key);
    return false;
  } catch (error) {
    if (isAppError(error) && error.code === 'rate_limited') return true;
    throw error;
  }
}

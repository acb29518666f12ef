import type { User } from 'next-auth';
import { db, type Tx } from '@/lib/db/client';
import { browserName } from './browser-name';
import { readCredential } from './credential';
import { findIdentity, forgetIdentities } from './identity';
import { listIdentityProviders } from './identity-providers';
import { appendLogEntry } from './log-chain';
import { createSession, endSession } from './sessions';
import { asSystem } from './tenants';

export interface ProviderUser extends User {
  /** What the provider calls the person. */
  subject: string;
  name: string;
  /** null unless the provider says that it is verified. */
  email: string | null;
}

interface Request {
  /** `oidc` or `github` */
  provider: string;
  address: string;
  cookie: string | null;
  userAgent: string | null;
}

/** Where a refusal leads; why is told to nobody, for it would tell who has an account. */
const REFUSED = '/sign-in?error=provider';
const TAKEN = '/account?error=provider';
const LONGEST_NAME = 120;

/**
 * The session of the person whom a provider vouches for, or the address of a refusal. Who is signed in already connects
 * the identity with their account; an account is never found by its e-mail. A new one is made for an open invitation.
 */
export function signInFromProvider(
  user: ProviderUser,
  request: Request,
): Promise<{ id: string; sessionId: string } | string> {
  return asSystem(() => enter(user, request));
}

async function enter({ subject, name, email }: ProviderUser, { provider, address, cookie, userAgent }: Request) {
  const issuer = listIdentityProviders().find(({ id }) => id === provider)?.issuer;
  if (!issuer || subject === '') return REFUSED;
  const key = { provider: issuer, subject };
  const previous = await readCredential({ authorization: null, cookie });
  const current = previous && (await findIdentity(previous));
  const label = (email ?? name).slice(0, LONGEST_NAME) || subject.slice(0, LONGEST_NAME);

  const entry = await db().$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('elder.identities'))`;
    const known = await tx.identity.findUnique({ where: { provider_subject: key } });
    if (current && known && known.userId !== current.userId) return TAKEN;
    const userId = known?.userId ?? current?.userId ?? (await createInvited(tx, { email, name }));
    if (!userId) {
      await appendLogEntry(tx, { action: 'session.refused', actorId: null, teamId: null, address });
      return REFUSED;
    }
    if (!known) await tx.identity.create({ data: { ...key, userId, label } });
    const sessionId = await createSession(tx, userId, { address, browser: browserName(userAgent) });
    const log = { actorId: userId, teamId: null, address, detail: { provider: issuer } };
    if (!known) await appendLogEntry(tx, { action: 'identity.connected', ...log });
    await appendLogEntry(tx, { action: 'session.created', ...log });
    return { id: userId, sessionId };
  });
  if (typeof entry === 'string') return entry;
  if (previous) await endSession(previous.id);
  forgetIdentities();
  return entry;
}

/** Without an invitation anybody with an account at the provider would be let in. */
async function createInvited(tx: Tx, { email, name }: Pick<ProviderUser, 'email' | 'name'>): Promise<string | null> {
  if (!email || (await tx.user.count({ where: { email } })) > 0) return null;
  const open = { email, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } };
  if ((await tx.invitation.count({ where: open })) === 0) return null;
  const shown = name
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);
  const { id } = await tx.user.create({ data: { email, name: shown || email } });
  return id;
}

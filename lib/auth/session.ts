import type { Logger } from '@/lib/logger';
import type { Context } from './context';
import { type CredentialHeaders, readCredential } from './credential';
import { contextOf, findIdentity, type Identity } from './identity';
import { narrowTo } from './tenants';
import { createGuessLimiter } from './token-guesses';

const guesses = createGuessLimiter(30, 60_000);

/**
 * Who sent a request; a bad or expired credential is nobody. Throws `rate_limited` for an address that tried many
 * tokens which do not exist.
 */
export async function identify(headers: CredentialHeaders, address: string): Promise<Identity | null> {
  const credential = await readCredential(headers);
  if (!credential) return null;
  if (credential.kind === 'session') return findIdentity(credential);
  guesses.check(address, credential.id);
  const identity = await findIdentity(credential);
  if (identity) guesses.succeeded(credential.id);
  else guesses.failed(address, credential.id);
  return identity;
}

/** Who looks at a page; from here on it sees the rows of their teams alone. */
export async function authenticate(cookie: string | null, requestId: string, log: Logger): Promise<Context> {
  const credential = await readCredential({ authorization: null, cookie });
  const ctx = contextOf(credential && (await findIdentity(credential)), { requestId, address: null, log });
  narrowTo(ctx.teamIds);
  return ctx;
}

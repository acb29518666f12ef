import { randomUUID } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import { hashPassword } from '@/lib/auth/passwords';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { createOwner } from '@/lib/services/users';
import { PRODUCT, PRODUCT_URL } from './product';
import { addSession, productDb, readAuthSecret } from './product-data';

export interface Account {
  userId: string;
  name: string;
  email: string;
  password: string;
  teamId: string;
  teamName: string;
  apiToken: string;
}

/** A person who owns a team of their own and has an API token, in the product under test. */
export async function createAccount(): Promise<Account> {
  const id = randomUUID();
  const person = { name: `Ada ${id.slice(0, 8)}`, email: `${id}@example.com`, password: `pass ${id}` };
  const teamName = `Team ${id.slice(0, 8)}`;
  const apiToken = createTokenValue();
  const passwordHash = await hashPassword(person.password);
  const owner = await productDb().$transaction(async (tx) => {
    const created = await createOwner(tx, { ...person, teamName, passwordHash });
    const token = { name: 'Journey', tokenHash: hashSecret(apiToken), scopes: ['read', 'write', 'admin'] };
    await tx.apiToken.create({ data: { ...created, ...token } });
    return created;
  });
  return { ...owner, ...person, teamName, apiToken };
}

interface Session {
  userId: string;
  /** The product under test unless given. */
  url?: string;
  dataDirectory?: string;
}

/** Signs the browser in without the form, which slows down after many tries from one address. */
export async function signIn(
  browser: BrowserContext,
  { userId, url = PRODUCT_URL, dataDirectory = PRODUCT.dataDirectory }: Session,
): Promise<void> {
  const secret = readAuthSecret(dataDirectory);
  const sessionId = await addSession(userId, dataDirectory);
  const value = await encode({ token: { sub: userId, sessionId }, secret });
  await browser.addCookies([{ name: 'next-auth.session-token', value, url, httpOnly: true, sameSite: 'Lax' }]);
}

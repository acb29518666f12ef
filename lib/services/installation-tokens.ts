import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import { db } from '@/lib/db/client';
import type { Connection, ProviderApp } from '@/lib/db/generated/client';
import { AppError, isAppError } from '@/lib/errors';
import { type AppKeys, createInstallationToken } from '@/lib/git/providers/github/app';
import { clientAs } from './provider-clients';
import { unseal } from './sealed-columns';

const EARLY_MS = 5 * 60_000;
const KEPT = 500;

/** Of what an App was given when it was made. */
export const AppSecrets = z.object({ privateKey: z.string(), webhookSecret: z.string(), clientSecret: z.string() });
export type AppSecrets = z.infer<typeof AppSecrets>;

/** Tokens of installations, in this process alone: nothing of them is stored. */
const tokens = new LRUCache<string, Promise<{ token: string; expiresAt: Date }>>({ max: KEPT });

/** A token that holds for five minutes or more. Throws `provider_suspended` when the App is suspended or not installed. */
export async function installationToken({ id, appId, installationId }: Connection): Promise<string> {
  const known = await tokens.get(id)?.catch(() => null);
  if (known && known.expiresAt.getTime() - EARLY_MS > Date.now()) return known.token;
  const made = makeToken(appId ?? '', installationId ?? '');
  tokens.set(id, made);
  made.catch(() => tokens.delete(id));
  return (await made).token;
}

export function forgetInstallationToken(connectionId: string): void {
  tokens.delete(connectionId);
}

async function makeToken(appId: string, installationId: string): Promise<{ token: string; expiresAt: Date }> {
  const app = await db().providerApp.findFirstOrThrow({ where: { id: appId } });
  try {
    return await createInstallationToken(clientAs(app.id, app, null), await appKeysOf(app), installationId);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
    throw new AppError('provider_suspended', 'the App is not installed there any more', { cause: error });
  }
}

export async function appKeysOf(app: ProviderApp): Promise<AppKeys> {
  const { privateKey } = await appSecretsOf(app);
  return { externalId: app.externalId, privateKey };
}

export async function appSecretsOf({ id: rowId, teamId, secrets }: ProviderApp): Promise<AppSecrets> {
  return AppSecrets.parse(JSON.parse(await unseal('provider_apps.secrets', { teamId, rowId }, secrets)));
}

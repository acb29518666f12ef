import { db } from '@/lib/db/client';
import type { ProviderApp } from '@/lib/db/generated/client';
import { redeliverMissedOfApp } from '@/lib/git/providers/github/app';
import { openConnection } from './connection-clients';
import { appKeysOf } from './installation-tokens';
import { clientAs } from './provider-clients';

/** GitHub sends again what is three days old at most. */
const WITHIN_MS = 3 * 24 * 3_600_000;
/** One App tells of many projects; two workers that ask at once do no harm, since a delivery is known by its id. */
const APP_EVERY_MS = 30 * 60_000;

/**
 * Asks the host of a project to send again what did not reach us, where it can be asked: of the webhook that we made, or of the App
 * that tells of the project. Gives how many deliveries are on their way.
 */
export async function askForMissedDeliveries(projectId: string): Promise<number> {
  const since = new Date(Date.now() - WITHIN_MS);
  const project = await db().project.findFirst({
    where: { id: projectId },
    include: { connection: { include: { app: true } }, webhook: true },
  });
  const { connection, providerPath, webhook } = project ?? {};
  if (!connection || !providerPath) return 0;
  if (connection.app) return askApp(connection.app, since);
  if (!webhook?.externalId) return 0;
  const { provider, client } = await openConnection(connection);
  return (await provider.webhooks.redeliverMissed?.(client, providerPath, webhook.externalId, since)) ?? 0;
}

async function askApp(app: ProviderApp, since: Date): Promise<number> {
  const askedAt = new Date();
  if (app.askedForMissedAt && askedAt.getTime() - app.askedForMissedAt.getTime() < APP_EVERY_MS) return 0;
  const sentAgain = await redeliverMissedOfApp(clientAs(app.id, app, null), await appKeysOf(app), since);
  await db().providerApp.updateMany({ where: { id: app.id }, data: { askedForMissedAt: askedAt } });
  return sentAgain;
}

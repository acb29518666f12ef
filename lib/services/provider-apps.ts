import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import type { ProviderApp } from '@/lib/db/generated/client';
import { env, isLoopback } from '@/lib/env';
import { AppError } from '@/lib/errors';
import {
  buildManifest,
  convertManifest,
  getInstallation,
  installAddress,
  manifestAddress,
} from '@/lib/git/providers/github/app';
import { recordChange } from './change-log';
import { forgetConnection } from './connection-clients';
import { normalBaseUrl } from './host-address';
import { type AppSecrets, appKeysOf } from './installation-tokens';
import { clientAs } from './provider-clients';
import { newRowId, seal } from './sealed-columns';

const HOUR_MS = 3_600_000;
const PROVIDER = 'github';
const PUBLIC_HOST = 'https://github.com';
const LONGEST_APP_NAME = 34;
const MAX_APPS = 20;
/** No person has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface AppForm {
  /** Where the form is sent to. */
  action: string;
  manifest: string;
  host: string;
}

type Purpose = 'manifest' | 'install';

/** The form that makes an App at GitHub; whoever comes back with its state within the hour is the one who began. */
export async function beginApp(
  ctx: Context,
  teamId: string,
  { baseUrl: given = PUBLIC_HOST, organisation = null }: { baseUrl?: string; organisation?: string | null },
): Promise<AppForm> {
  requirePermission(ctx, teamId, 'connection.manage');
  const baseUrl = normalBaseUrl(given);
  if ((await db().providerApp.count({ where: { teamId } })) >= MAX_APPS) {
    throw new AppError('unprocessable', 'too many Apps', { details: { reason: 'limit', limit: MAX_APPS } });
  }
  const team = await db().team.findFirstOrThrow({ where: { id: teamId }, select: { name: true } });
  const state = await keepState(ctx, { teamId, purpose: 'manifest', baseUrl, appId: null });
  const { PUBLIC_URL: url } = env();
  const pages = `${url}/teams/${teamId}/hosts/app`;
  const manifest = buildManifest({
    // Names of Apps are taken once for all of GitHub, and can be changed in the form.
    name: `Ancient Elder ${team.name}`.slice(0, LONGEST_APP_NAME).trim(),
    url,
    callbackUrl: `${pages}/callback`,
    setupUrl: `${pages}/installed`,
    webhookUrl: `${url}/api/v1/webhooks/github`,
    hasWebhook: !isLoopback(new URL(url).hostname),
  });
  return {
    action: manifestAddress(baseUrl, organisation, state),
    manifest: JSON.stringify(manifest),
    host: new URL(baseUrl).host,
  };
}

/** Keeps the App that was made, sealed. Gives where it is installed. */
export async function completeApp(
  ctx: Context,
  teamId: string,
  { code, state }: { code: string; state: string },
): Promise<string> {
  requirePermission(ctx, teamId, 'connection.manage');
  const { baseUrl } = await takeState(ctx, teamId, 'manifest', state);
  const id = newRowId();
  const made = await convertManifest(clientAs(id, { provider: PROVIDER, baseUrl }, null), code);
  const { privateKey, webhookSecret, clientSecret } = made;
  const secrets: AppSecrets = { privateKey, webhookSecret, clientSecret };
  const sealed = await seal('provider_apps.secrets', { teamId, rowId: id }, JSON.stringify(secrets));
  const app = await db().$transaction(async (tx) => {
    const row = await tx.providerApp.create({
      data: {
        ...{ id, teamId, provider: PROVIDER, baseUrl, externalId: made.externalId, slug: made.slug },
        ...{ name: made.name, clientId: made.clientId, secrets: sealed, createdById: ctx.userId },
      },
    });
    const after = { name: made.name, provider: PROVIDER, baseUrl };
    await recordChange(tx, ctx, { action: 'provider_app.created', teamId, target: id, after });
    return row;
  });
  return addressToInstall(ctx, app);
}

/** Where an App of the team is installed with more accounts. */
export async function beginInstallation(ctx: Context, teamId: string, appId: string): Promise<string> {
  requirePermission(ctx, teamId, 'connection.manage');
  const app = await db().providerApp.findFirst({ where: { id: appId, teamId } });
  if (!app) throw new AppError('not_found', 'no such App');
  return addressToInstall(ctx, app);
}

/** A connection for the installation one comes back from, as far as the host tells the App that it is there. */
export async function completeInstallation(
  ctx: Context,
  teamId: string,
  { installationId, state }: { installationId: string; state: string },
): Promise<string> {
  requirePermission(ctx, teamId, 'connection.manage');
  const { appId } = await takeState(ctx, teamId, 'install', state);
  const app = await db().providerApp.findFirst({ where: { id: appId ?? '', teamId } });
  if (!app) throw new AppError('not_found', 'no such App');
  const client = clientAs(app.id, app, null);
  const { id, account, isSuspended, permissions } = await getInstallation(client, await appKeysOf(app), installationId);
  const facts = {
    ...{ account, scopes: permissions, checkedAt: new Date() },
    ...{ status: isSuspended ? 'suspended' : 'connected', problem: isSuspended ? 'provider_suspended' : null },
  };
  const connection = await db().$transaction(async (tx) => {
    const key = { appId_installationId: { appId: app.id, installationId: id } };
    const known = await tx.connection.findUnique({ where: key });
    if (known) return tx.connection.update({ where: { id: known.id }, data: facts });
    const name = `${new URL(app.baseUrl).host} ${account}`;
    const created = await tx.connection.create({
      data: {
        ...{ teamId, provider: PROVIDER, name, baseUrl: app.baseUrl, kind: 'app', appId: app.id, installationId: id },
        ...facts,
        createdById: ctx.userId,
      },
    });
    const after = { name, provider: PROVIDER, baseUrl: app.baseUrl, account };
    await recordChange(tx, ctx, { action: 'connection.created', teamId, target: created.id, after });
    return created;
  });
  forgetConnection(connection.id);
  return connection.id;
}

async function addressToInstall(ctx: Context, { id: appId, teamId, baseUrl, slug }: ProviderApp): Promise<string> {
  return installAddress(baseUrl, slug, await keepState(ctx, { teamId, purpose: 'install', baseUrl, appId }));
}

interface Began {
  teamId: string;
  purpose: Purpose;
  baseUrl: string;
  appId: string | null;
}

async function keepState(ctx: Context, began: Began): Promise<string> {
  if (ctx.userId === null) throw new AppError('unauthenticated', 'only a person can go to the host and come back');
  const value = createLinkValue();
  const expiresAt = new Date(Date.now() + HOUR_MS);
  await db().connectionState.deleteMany({ where: { teamId: began.teamId, expiresAt: { lt: new Date() } } });
  await db().connectionState.create({
    data: { ...began, userId: ctx.userId, valueHash: hashSecret(value), expiresAt },
  });
  return value;
}

/** Takes a state once, from who began with it. Throws `gone` for any other. */
async function takeState(ctx: Context, teamId: string, purpose: Purpose, value: string) {
  const [row] = await db().connectionState.updateManyAndReturn({
    where: {
      ...{ teamId, purpose, valueHash: hashSecret(value), userId: ctx.userId ?? NOBODY },
      ...{ usedAt: null, expiresAt: { gt: new Date() } },
    },
    data: { usedAt: new Date() },
  });
  if (!row) throw new AppError('gone', 'this way back was used, is over, or began with somebody else');
  return row;
}

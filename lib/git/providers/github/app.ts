import { createPrivateKey, createSign } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '@/lib/errors';
import type { ProviderClient } from '../provider';
import { ask } from './api';
import { redeliverMissed } from './missed-deliveries';

export interface AppKeys {
  /** Of the App at its host. */
  externalId: string;
  /** PEM. */
  privateKey: string;
}

export interface ConvertedApp extends AppKeys {
  slug: string;
  name: string;
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
}

export interface Installation {
  id: string;
  account: string;
  isSuspended: boolean;
  /** `contents: read`, as GitHub names them. */
  permissions: string[];
}

/**
 * What the App may do. Nothing of the code is ever written. Without administration a branch's rule is shown in part: neither
 * whether administrators may pass by, nor whether new commits void approvals.
 */
const APP_PERMISSIONS = {
  administration: 'read',
  checks: 'write',
  contents: 'read',
  issues: 'read',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
  members: 'read',
} as const;
const APP_EVENTS = ['push', 'pull_request', 'check_run', 'check_suite', 'repository'] as const;

/** Without these nothing can be read. */
const TO_READ = ['contents', 'metadata'] as const;

/** GitHub takes a JWT for ten minutes at most, and clocks differ. */
const JWT_SECONDS = 9 * 60;
const CLOCK_SLACK_SECONDS = 60;

interface ManifestRequest {
  name: string;
  url: string;
  callbackUrl: string;
  setupUrl: string;
  webhookUrl: string;
  /** GitHub takes no address that it cannot reach. */
  hasWebhook: boolean;
}

/** What the form of GitHub is filled with. */
export function buildManifest(request: ManifestRequest) {
  const { name, url, callbackUrl, setupUrl, webhookUrl, hasWebhook } = request;
  return {
    name,
    url,
    redirect_url: callbackUrl,
    setup_url: setupUrl,
    setup_on_update: true,
    public: false,
    hook_attributes: { url: webhookUrl, active: hasWebhook },
    default_permissions: APP_PERMISSIONS,
    default_events: APP_EVENTS,
  };
}

/** Where the form with the manifest is sent to. @param organisation null: the App is of the person who is signed in there */
export function manifestAddress(baseUrl: string, organisation: string | null, state: string): string {
  const owner = organisation === null ? '' : `/organizations/${encodeURIComponent(organisation)}`;
  return `${baseUrl}${owner}/settings/apps/new?state=${encodeURIComponent(state)}`;
}

export function installAddress(baseUrl: string, slug: string, state: string): string {
  const apps = new URL(baseUrl).hostname === 'github.com' ? 'apps' : 'github-apps';
  return `${baseUrl}/${apps}/${encodeURIComponent(slug)}/installations/new?state=${encodeURIComponent(state)}`;
}

/** Gives the keys of the App that was made, once for each code. */
export async function convertManifest(client: ProviderClient, code: string): Promise<ConvertedApp> {
  const shape = z.object({
    id: z.number().int(),
    slug: z.string(),
    name: z.string(),
    client_id: z.string(),
    client_secret: z.string(),
    webhook_secret: z.string().nullable(),
    pem: z.string(),
  });
  const anybody = { ...client, credential: null };
  const { value } = await ask(anybody, ['app-manifests', code, 'conversions'], shape, { method: 'POST' });
  return {
    externalId: String(value.id),
    slug: value.slug,
    name: value.name,
    clientId: value.client_id,
    clientSecret: value.client_secret,
    webhookSecret: value.webhook_secret ?? '',
    privateKey: value.pem,
  };
}

/** Throws `provider_not_found` for an installation that is not of this App. */
export async function getInstallation(client: ProviderClient, app: AppKeys, id: string): Promise<Installation> {
  const shape = z.object({
    id: z.number().int(),
    app_id: z.number().int(),
    account: z.object({ login: z.string().nullish(), slug: z.string().nullish() }).nullish(),
    suspended_at: z.string().nullish(),
    permissions: z.record(z.string(), z.string()).default({}),
  });
  const { value } = await ask(asApp(client, app), ['app', 'installations', id], shape);
  if (String(value.app_id) !== app.externalId || String(value.id) !== id) {
    throw new AppError('provider_not_found', 'the installation is of another App');
  }
  return {
    id,
    account: value.account?.login ?? value.account?.slug ?? '',
    isSuspended: Boolean(value.suspended_at),
    permissions: Object.entries(value.permissions).map(([name, level]) => `${name}: ${level}`),
  };
}

/** Of those that reading takes, the permissions that an installation lacks, as GitHub names them. */
export function missingPermissions(granted: readonly string[]): string[] {
  return TO_READ.filter((name) => !granted.some((one) => one.startsWith(`${name}: `))).map((name) => `${name}: read`);
}

/** A token for what the installation may do, for an hour. */
export async function createInstallationToken(
  client: ProviderClient,
  app: AppKeys,
  installationId: string,
): Promise<{ token: string; expiresAt: Date }> {
  const shape = z.object({ token: z.string().min(1), expires_at: z.iso.datetime({ offset: true }) });
  const address = ['app', 'installations', installationId, 'access_tokens'];
  const { value } = await ask(asApp(client, app), address, shape, { method: 'POST' });
  return { token: value.token, expiresAt: new Date(value.expires_at) };
}

/** Has GitHub send again what nobody took of the App's webhook. Gives how many. */
export function redeliverMissedOfApp(client: ProviderClient, app: AppKeys, since: Date): Promise<number> {
  return redeliverMissed(asApp(client, app), ['app', 'hook'], since);
}

function asApp(client: ProviderClient, app: AppKeys): ProviderClient {
  return { ...client, credential: { kind: 'token', token: createAppJwt(app, new Date()) } };
}

/** RFC 7519, signed with RS256 as GitHub asks for. */
export function createAppJwt({ externalId, privateKey }: AppKeys, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const claims = { iat: seconds - CLOCK_SLACK_SECONDS, exp: seconds + JWT_SECONDS, iss: externalId };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  const key = createPrivateKey(privateKey);
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

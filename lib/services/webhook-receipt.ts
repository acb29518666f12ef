import { randomUUID } from 'node:crypto';
import { asSystem } from '@/lib/auth/tenants';
import { pool, query } from '@/lib/db/client';
import { AppError, isAppError } from '@/lib/errors';
import { DELIVERY_READERS } from '@/lib/git/providers/delivery-readers';
import type { Delivery, DeliveryRequest, ProviderId } from '@/lib/git/providers/provider';
import { providerOfSlug } from '@/lib/git/providers/webhook-forms';
import { logger } from '@/lib/logger';
import { OUTBOX_CHANNEL } from '@/lib/queues/enqueue';
import type { DeliveryAnswer } from '@/lib/schemas/webhooks';
import { currentTraceparent, inSpan } from '@/lib/tracing/spans';
import { packDelivery, pushedBranch } from './delivery-payload';
import { requestInstallationRead } from './installations';
import { webhookDeliveries } from './metrics';
import { seal, unseal } from './sealed-columns';
import { announceWebhook } from './webhook-events';
import { noteRefusedDelivery, noteSignedDelivery, refuseGuesser } from './webhook-pace';

const NO_ID = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Hosts wait for ten seconds, and few send again what was not taken. */
const ANSWER_WITHIN_MS = 6_000;
const RETRY_AFTER_SECONDS = 10;
const MAX_APPS = 5;

interface HookRow {
  projectId: string;
  teamId: string;
  secret: string;
  previousSecret: string | null;
  previousUntil: Date | null;
}

interface Target {
  projectId: string;
  teamId: string;
}

/** From where, for limits. */
export interface Arrival {
  address: string;
  readBody: () => Promise<Uint8Array>;
  headers: DeliveryRequest['headers'];
}

/**
 * Takes what a host sends to a project's webhook, and stores it with the job that looks into it. A project that is unknown,
 * of another host, or signed for with another secret: one and the same refusal.
 */
export async function receiveDelivery(slug: string, projectId: string, arrival: Arrival): Promise<DeliveryAnswer> {
  const place = `${slug}/${projectId}`;
  refuseGuesser(arrival.address, place);
  const provider = providerOfSlug(slug);
  const request = { headers: arrival.headers, body: await arrival.readBody() };
  return answerSoon(provider, async () => {
    const hook = await findHook(provider, projectId);
    const secrets = await secretsOf(hook);
    const reader = DELIVERY_READERS[provider ?? 'github'];
    // Each is tried, so that the time tells nothing.
    const isSigned = secrets.map((secret) => reader.isSigned(request, secret)).includes(true);
    if (!isSigned || !hook || !provider) throw refused(arrival.address, place);
    noteSignedDelivery(arrival.address, place);
    return store(provider, readSigned(provider, request), request.body.length, [hook]);
  });
}

/** Takes what GitHub sends to the webhook of an App: for the projects of the installation that it names. */
export async function receiveAppDelivery(arrival: Arrival): Promise<DeliveryAnswer> {
  const { headers } = arrival;
  const isApp = headers['x-github-hook-installation-target-type'] === 'integration';
  const externalId = (isApp && headers['x-github-hook-installation-target-id']) || '';
  const place = `github-app/${externalId.slice(0, 40)}`;
  refuseGuesser(arrival.address, place);
  const request = { headers, body: await arrival.readBody() };
  return answerSoon('github', async () => {
    const app = await findSigningApp(externalId, request);
    if (!app) throw refused(arrival.address, place);
    noteSignedDelivery(arrival.address, place);
    const delivery = readSigned('github', request);
    const { installationId } = delivery;
    if (installationId === null) return { status: 'ignored' };
    if (delivery.changes.some(({ kind }) => kind === 'installation')) {
      const isKnown = await asSystem(() => requestInstallationRead({ appId: app, installationId }, delivery.id));
      const status = isKnown ? 'accepted' : 'ignored';
      webhookDeliveries.inc({ provider: 'github', result: status });
      return { status };
    }
    return store('github', delivery, request.body.length, await findTargets(app, installationId, delivery));
  });
}

function readSigned(provider: ProviderId, request: DeliveryRequest): Delivery {
  try {
    const delivery = DELIVERY_READERS[provider].read(request);
    if (!delivery) throw new AppError('invalid_request', 'the headers of the delivery name no event');
    return delivery;
  } catch (error) {
    webhookDeliveries.inc({ provider, result: 'invalid' });
    throw error;
  }
}

async function findHook(provider: ProviderId | null, projectId: string): Promise<HookRow | null> {
  const id = UUID.test(projectId) ? projectId : NO_ID;
  const { rows } = await asSystem(() =>
    pool().query<HookRow & { provider: string | null }>({
      name: 'webhook-of-project',
      text: `select p.id as "projectId", p.team_id as "teamId", p.provider, w.secret,
          w.previous_secret as "previousSecret", w.previous_until as "previousUntil"
        from projects p join project_webhooks w on w.project_id = p.id where p.id = $1::uuid`,
      values: [id],
    }),
  );
  const [hook] = rows;
  return hook && (hook.provider === null || hook.provider === provider) ? hook : null;
}

/** Of a webhook that is not there, one that nobody knows: opening it takes as long. */
async function secretsOf(hook: HookRow | null): Promise<string[]> {
  const { projectId, teamId, secret, previousSecret, previousUntil } = hook ?? (await decoy());
  const row = { teamId, rowId: projectId };
  const isGrace = previousSecret !== null && previousUntil !== null && previousUntil.getTime() > Date.now();
  return Promise.all([
    unseal('project_webhooks.secret', row, secret),
    ...(isGrace ? [unseal('project_webhooks.previous_secret', row, previousSecret)] : []),
  ]);
}

let sealedDecoy: Promise<string> | undefined;

async function decoy(): Promise<HookRow> {
  sealedDecoy ??= seal('project_webhooks.secret', { teamId: NO_ID, rowId: NO_ID }, randomUUID() + randomUUID());
  const secret = await sealedDecoy;
  return { projectId: NO_ID, teamId: NO_ID, secret, previousSecret: null, previousUntil: null };
}

async function findSigningApp(externalId: string, request: DeliveryRequest): Promise<string | null> {
  const apps = await asSystem(
    () => query<{ id: string; teamId: string; secrets: string }>`
      select id, team_id as "teamId", secrets from provider_apps
      where provider = 'github' and external_id = ${externalId.replaceAll('\u0000', '')} limit ${MAX_APPS}::int`,
  );
  for (const { id, teamId, secrets } of apps) {
    const opened = JSON.parse(await unseal('provider_apps.secrets', { teamId, rowId: id }, secrets)) as object;
    const secret = 'webhookSecret' in opened && typeof opened.webhookSecret === 'string' ? opened.webhookSecret : '';
    if (DELIVERY_READERS.github.isSigned(request, secret)) return id;
  }
  if (apps.length === 0) {
    const [secret = ''] = await secretsOf(null);
    DELIVERY_READERS.github.isSigned(request, secret);
  }
  return null;
}

async function findTargets(appId: string, installationId: string, { repository }: Delivery): Promise<Target[]> {
  if (!repository) return [];
  const { id, path } = repository;
  return asSystem(
    () => query<Target>`
      select p.id as "projectId", p.team_id as "teamId"
      from projects p join connections c on c.id = p.connection_id
      where c.app_id = ${appId}::uuid and c.installation_id = ${installationId}
        and (p.provider_repository_id = ${id}
          or p.provider_repository_id is null and lower(p.provider_path) = lower(${path}))`,
  );
}

/** One statement stores the delivery and its job, or finds that both are there. */
async function store(
  provider: ProviderId,
  delivery: Delivery,
  sizeBytes: number,
  targets: readonly Target[],
): Promise<DeliveryAnswer> {
  if (targets.length === 0) {
    webhookDeliveries.inc({ provider, result: 'ignored' });
    return { status: 'ignored' };
  }
  const payload = await packDelivery(delivery, sizeBytes);
  let isNew = false;
  for (const { projectId, teamId } of targets) {
    const id = randomUUID();
    const { rows } = await asSystem(() =>
      pool().query({
        name: 'store-delivery',
        text: `with stored as (
            insert into webhook_deliveries (id, project_id, provider, delivery_id, event, action, payload, size_bytes, branch)
            values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $10)
            on conflict (project_id, delivery_id) do nothing returning id),
          queued as (
            insert into outbox_jobs (name, payload, options)
            select 'webhook.process', jsonb_build_object('deliveryId', id),
              jsonb_strip_nulls(jsonb_build_object('jobId', 'webhook.' || id, 'traceparent', $9::text))
            from stored)
          select pg_notify('${OUTBOX_CHANNEL}', '') from stored`,
        values: [
          id,
          projectId,
          provider,
          delivery.id,
          delivery.event,
          delivery.action,
          Buffer.from(payload),
          sizeBytes,
          currentTraceparent(),
          pushedBranch(delivery.changes),
        ],
      }),
    );
    if (rows.length === 0) continue;
    isNew = true;
    announceWebhook({ projectId, teamId }, logger());
  }
  webhookDeliveries.inc({ provider, result: isNew ? 'accepted' : 'duplicate' });
  return { status: isNew ? 'accepted' : 'duplicate' };
}

function refused(address: string, place: string): AppError {
  noteRefusedDelivery(address, place);
  return new AppError('unauthenticated', 'the delivery is not signed with the secret of a webhook');
}

/** Whatever keeps us from storing it is told as such, so that the host sends it again. */
function answerSoon(provider: ProviderId | null, run: () => Promise<DeliveryAnswer>): Promise<DeliveryAnswer> {
  const attributes = { 'elder.provider': provider ?? 'unknown' };
  return inSpan('webhook.receive', { attributes, kind: 'server' }, () => answerInTime(provider, run));
}

async function answerInTime(provider: ProviderId | null, run: () => Promise<DeliveryAnswer>): Promise<DeliveryAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const running = run();
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not stored in time')), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([running, late]);
  } catch (cause) {
    running.catch(() => undefined);
    if (isAppError(cause) && cause.code !== 'internal') {
      if (cause.code === 'unauthenticated')
        webhookDeliveries.inc({ provider: provider ?? 'unknown', result: 'refused' });
      throw cause;
    }
    webhookDeliveries.inc({ provider: provider ?? 'unknown', result: 'failed' });
    throw new AppError('unavailable', 'the delivery could not be stored', {
      cause,
      details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
    });
  } finally {
    clearTimeout(timer);
  }
}

import * as z from 'zod';
import { Instant, PageRequest, PlainText, Sentence } from './common';

/** Of hosts that send webhooks, as their addresses write them. */
export const WEBHOOK_HOSTS = [
  'github',
  'gitlab',
  'bitbucket-cloud',
  'bitbucket-data-center',
  'azure-devops',
  'gitea',
] as const;
export const WebhookHost = z.enum(WEBHOOK_HOSTS);
export type WebhookHost = z.infer<typeof WebhookHost>;

/** What a host is told when it sent something. */
export const DeliveryAnswer = z.object({
  status: z
    .enum(['accepted', 'duplicate', 'ignored'])
    .describe('duplicate: a delivery of this name is there already; ignored: of no project'),
});
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;

export const WebhookRequest = z.object({
  host: WebhookHost.optional().describe('For whose form to tell, where the project’s host is not known'),
});
export type WebhookRequest = z.infer<typeof WebhookRequest>;

export const WebhookView = z.object({
  host: WebhookHost,
  isHostKnown: z.boolean().describe('false: anybody’s guess until a delivery has come'),
  url: z.string().describe('Where the host sends to'),
  secret: z.string().describe('What the host signs with'),
  username: z.string().nullable().describe('Of hosts that send the secret as a password'),
  contentType: z.string(),
  events: z.array(z.string()).describe('As the host’s form names them'),
  branches: z
    .array(z.string())
    .describe('Pushes to which are audited: the branch of the project, then names and patterns'),
  state: z.enum(['waiting', 'receiving']).describe('waiting: nothing has come yet'),
  lastDeliveryAt: Instant.nullable(),
  setUp: z.enum(['automatic', 'manual']).describe('automatic: we made the webhook at the host'),
  problem: z.string().nullable().describe('Code of the error with which the host refused to set it up'),
  rotatedAt: Instant.nullable(),
  previousSecretUntil: Instant.nullable().describe(
    'Until then deliveries signed with the secret before are taken, too',
  ),
  comparedAt: Instant.nullable().describe('When the branch was last compared with that of the host'),
});
export type WebhookView = z.infer<typeof WebhookView>;

export const DELIVERY_STATUSES = ['received', 'processed', 'ignored', 'failed'] as const;
export const DELIVERY_SOURCES = ['webhook', 'poll', 'replay'] as const;

export const DeliveryFilter = PageRequest.extend({
  status: z.enum(DELIVERY_STATUSES).optional().describe('What came of it'),
  event: PlainText.max(100).optional().describe('As the host names it'),
});
export type DeliveryFilter = z.infer<typeof DeliveryFilter>;

export const DeliverySummary = z.object({
  deliveryId: z.uuid(),
  hostDeliveryId: z.string().describe('As the host names it'),
  host: WebhookHost.nullable().describe('null: found by asking a host of an unknown kind'),
  event: z.string(),
  action: z.string().nullable(),
  source: z.enum(DELIVERY_SOURCES).describe('poll: found by asking the host; replay: of an earlier one'),
  status: z.enum(DELIVERY_STATUSES),
  outcome: Sentence.nullable().describe('What came of it; null until then'),
  auditId: z.uuid().nullable(),
  auditNumber: z.number().int().nullable(),
  replayOfId: z.uuid().nullable(),
  sizeBytes: z.number().int(),
  receivedAt: Instant,
  processedAt: Instant.nullable(),
});
export type DeliverySummary = z.infer<typeof DeliverySummary>;

export const DeliveryPage = z.object({ items: z.array(DeliverySummary), nextCursor: z.string().nullable() });
export type DeliveryPage = z.infer<typeof DeliveryPage>;

export const DeliveryDetail = DeliverySummary.extend({
  payload: z.unknown().describe('What the host sent, secrets masked; null when it is too large or too old to be kept'),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

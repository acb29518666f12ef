import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import {
  DeliveryAnswer,
  DeliveryDetail,
  DeliveryFilter,
  DeliveryPage,
  DeliverySummary,
  WebhookRequest,
  WebhookView,
} from '@/lib/schemas/webhooks';
import { getDelivery, listDeliveries, replayDelivery } from '@/lib/services/deliveries';
import { getWebhook, rotateWebhook } from '@/lib/services/project-webhooks';
import { takeDeliveryTurn } from '@/lib/services/webhook-pace';
import { type Arrival, receiveAppDelivery, receiveDelivery } from '@/lib/services/webhook-receipt';
import { type ApiEnv, api, json, ProjectParams, problems, security } from './api';
import { readBody } from './body-limit';

/** Hosts send up to 25 MB; what tells of a push or a pull request is far smaller. */
export const MAX_DELIVERY_BYTES = 5 * 1024 ** 2;
const BODY_TIMEOUT_MS = 8_000;
const MAX_HEADER = 2_000;

/** Whether a request brings a body of which nothing is read before it is known who signed it. */
export function isDelivery(method: string, path: string): boolean {
  return method === 'POST' && /^\/api\/v1\/webhooks\/[^/]+(?:\/[^/]+)?$/.test(path);
}

const tags = ['Webhooks'];
const EXAMPLE = '{"zen":"Design for failure."}';
const BODY = { schema: { type: 'string', format: 'binary' }, example: EXAMPLE } as const;
const anyBody = { required: true, content: { 'application/octet-stream': BODY } };
const ANSWERS = {
  202: json(DeliveryAnswer, 'Stored; what it asks for is done right after'),
  ...problems('unauthenticated', 'invalid_request', 'payload_too_large', 'overloaded', 'unavailable'),
};

/** For Git hosts: nobody signs in, the signature says who sends. */
export const webhooksIn = api()
  .openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/github',
      summary: 'Take a delivery of a GitHub App',
      description:
        'For GitHub. Signed with the webhook secret of the App (`X-Hub-Signature-256`); goes to the projects of the installation that it names.',
      tags,
      request: { body: anyBody },
      responses: ANSWERS,
    }),
    async (c) => c.json(await receiveAppDelivery(arrivalOf(c)), 202),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{provider}/{webhookId}',
      summary: 'Take a delivery of a Git host',
      description:
        'For Git hosts: github, gitlab, bitbucket-cloud, bitbucket-data-center, azure-devops, gitea. Signed with the secret of the project’s webhook. An unknown project, another host and a wrong signature give one and the same answer: 401. At most 5 MiB.',
      tags,
      request: {
        params: z.object({
          provider: z.string().max(60).describe('Kind of the host'),
          webhookId: z.string().max(100).describe('Id of the project, from the page of its webhook'),
        }),
        body: anyBody,
      },
      responses: ANSWERS,
    }),
    async (c) => {
      const { provider, webhookId } = c.req.valid('param');
      return c.json(await receiveDelivery(provider, webhookId, arrivalOf(c)), 202);
    },
  );

function arrivalOf(c: Context<ApiEnv>): Arrival {
  const { headers } = c.req.raw;
  const read = () => readBody(c.req.raw, MAX_DELIVERY_BYTES, BODY_TIMEOUT_MS);
  return {
    address: c.env?.clientAddress ?? UNKNOWN_ADDRESS,
    headers: Object.fromEntries([...headers].filter(([, value]) => value.length <= MAX_HEADER)),
    readBody: () => takeDeliveryTurn(headers, read),
  };
}

const DeliveryParams = ProjectParams.extend({ deliveryId: z.uuid().describe('From the list of deliveries') });

export const webhooks = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/webhook',
      summary: 'Say how the Git host tells of pushes, with the secret of the webhook',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: ProjectParams, query: WebhookRequest },
      responses: {
        200: json(WebhookView),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getWebhook(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/webhook/rotate',
      summary: 'Make a new secret for the webhook',
      description:
        'Takes the role admin; a token needs the scope admin. The secret before is taken for 24 hours; where we set the webhook up, the host is told the new one.',
      tags,
      security,
      request: { params: ProjectParams },
      responses: {
        200: json(WebhookView),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await rotateWebhook(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/deliveries',
      summary: 'List what the Git host told, newest first',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: ProjectParams, query: DeliveryFilter },
      responses: {
        200: json(DeliveryPage),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listDeliveries(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/deliveries/{deliveryId}',
      summary: 'Show a delivery with what was sent',
      description: 'Takes the role admin; a token needs the scope admin. Secrets in what was sent are masked.',
      tags,
      security,
      request: { params: DeliveryParams },
      responses: {
        200: json(DeliveryDetail),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { projectId, deliveryId } = c.req.valid('param');
      return c.json(await getDelivery(c.var.ctx, projectId, deliveryId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/deliveries/{deliveryId}/replay',
      summary: 'Look into a delivery once more',
      description: 'Takes the role admin; a token needs the scope admin. `gone`: what was sent is not kept any more.',
      tags,
      security,
      request: { params: DeliveryParams },
      responses: {
        202: json(DeliverySummary, 'A delivery of its own, which is looked into right after'),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'gone'),
      },
    }),
    async (c) => {
      const { projectId, deliveryId } = c.req.valid('param');
      return c.json(await replayDelivery(c.var.ctx, projectId, deliveryId), 202);
    },
  );

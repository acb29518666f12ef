import { createRoute, z } from '@hono/zod-openapi';
import {
  QueueLoadView,
  ScalingChange,
  ScalingOutlook,
  ScalingOverview,
  ScalingSettingsView,
} from '@/lib/schemas/scaling';
import { requireMetricsToken } from '@/lib/services/metrics-token';
import { getQueueLoad, getScalingOutlook, getScalingOverview } from '@/lib/services/scaling';
import { changeScaling } from '@/lib/services/scaling-settings';
import { api, body, json, problems, security } from './api';

const tags = ['Operations'];
const owner = 'Takes the role owner in the team that owns the installation; a token needs the scope admin.';
const KindParams = z.object({
  kind: z.enum(['git', 'collect', 'judge', 'deliver', 'maintain']).openapi({ description: 'Kind of worker' }),
});

/** For scalers of clusters, which sign in as nobody. */
export const queueLoad = api().openapi(
  createRoute({
    method: 'get',
    path: '/scaling/{kind}',
    summary: 'How much work waits for a kind of worker, in numbers alone',
    description: 'For the `metrics-api` scaler of KEDA. Takes METRICS_TOKEN as Bearer where the server has one.',
    tags,
    request: { params: KindParams },
    responses: { 200: json(QueueLoadView), ...problems('unauthenticated', 'invalid_request') },
  }),
  async (c) => {
    requireMetricsToken(c.req.header('authorization'));
    return c.json(await getQueueLoad(c.req.valid('param').kind), 200);
  },
);

export const scaling = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/scaling',
      summary: 'How many workers of each kind are wanted, and how they stand',
      description: owner,
      tags,
      security,
      responses: { 200: json(ScalingOverview), ...problems('unauthenticated', 'forbidden', 'not_found') },
    }),
    async (c) => c.json(await getScalingOverview(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/scaling/{kind}/outlook',
      summary: 'What workers of a kind did, what is expected of them, and what each strategy would have done',
      description: owner,
      tags,
      security,
      request: { params: KindParams },
      responses: {
        200: json(ScalingOutlook),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getScalingOutlook(c.var.ctx, c.req.valid('param').kind), 200),
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/scaling/{kind}',
      summary: 'Say how many workers of a kind are wanted',
      description: owner,
      tags,
      security,
      request: { params: KindParams, body: body(ScalingChange, { version: 0, settings: { strategy: 'reactive' } }) },
      responses: {
        200: json(ScalingSettingsView),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'conflict', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await changeScaling(c.var.ctx, c.req.valid('param').kind, c.req.valid('json')), 200),
  );

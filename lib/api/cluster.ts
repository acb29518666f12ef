import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import {
  CheckedConfiguration,
  ClusterRunParams,
  ClusterRunRequest,
  ClusterRunView,
  ClusterView,
  ConfigurationDraft,
  ConfigurationSave,
} from '@/lib/schemas/cluster';
import {
  checkClusterConfiguration,
  renderCluster,
  saveClusterConfiguration,
} from '@/lib/services/cluster-configuration';
import { getCluster, getClusterRun, requestClusterRun, stopClusterRun } from '@/lib/services/cluster-runs';
import { api, body, json, problems, security } from './api';

const tags = ['Operations'];
const owner = 'Takes the role owner in the team that owns the installation; a token needs the scope admin.';
const denied = ['unauthenticated', 'forbidden', 'not_found'] as const;

export const cluster = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/cluster',
      summary: 'The cluster that is described, and what was done with it lately',
      description: owner,
      tags,
      security,
      responses: { 200: json(ClusterView), ...problems(...denied) },
    }),
    async (c) => c.json(await getCluster(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/cluster/configuration/check',
      summary: 'What a draft of the configuration means, and what is wrong with it',
      description: owner,
      tags,
      security,
      request: { body: body(ConfigurationDraft, { text: 'name: elder\n' }) },
      responses: {
        200: json(CheckedConfiguration),
        ...problems(...denied, 'invalid_request', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await checkClusterConfiguration(c.var.ctx, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/cluster/configuration',
      summary: 'Describe the cluster',
      description: owner,
      tags,
      security,
      request: { body: body(ConfigurationSave, { version: 0, text: 'name: elder\n' }) },
      responses: {
        200: json(z.object({ version: z.number().int(), checked: CheckedConfiguration })),
        ...problems(...denied, 'invalid_request', 'conflict', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await saveClusterConfiguration(c.var.ctx, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cluster/manifests',
      summary: 'All objects that the configuration makes, as YAML',
      description: `${owner} No cluster is asked: engines are taken to be there. No Secret is among them.`,
      tags,
      security,
      responses: {
        200: { description: 'YAML', content: { 'application/yaml': { schema: { type: 'string' } } } },
        ...problems(...denied, 'invalid_request'),
      },
    }),
    async (c) =>
      c.body(await renderCluster(c.var.ctx), 200, {
        'content-type': 'application/yaml; charset=utf-8',
        'content-disposition': 'attachment; filename="ancient-elder.yaml"',
      }) as never,
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/cluster/runs',
      summary: 'Validate, compare, look at, apply or remove the instance on the cluster',
      description: `${owner} A maintain worker does it, with the credentials of CLUSTER_KUBECONFIG; without them only validate, of what can be known without a cluster. One run at a time.`,
      tags,
      security,
      request: { body: body(ClusterRunRequest, { verb: 'validate' }) },
      responses: {
        202: json(ClusterRunView, 'Given to a worker'),
        ...problems(...denied, 'invalid_request', 'conflict', 'unprocessable', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await requestClusterRun(c.var.ctx, c.req.valid('json')), 202),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cluster/runs/{runId}',
      summary: 'How a run goes, or what came of it',
      description: owner,
      tags,
      security,
      request: { params: ClusterRunParams },
      responses: { 200: json(ClusterRunView), ...problems(...denied, 'invalid_request') },
    }),
    async (c) => c.json(await getClusterRun(c.var.ctx, c.req.valid('param').runId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/cluster/runs/{runId}/stop',
      summary: 'Stop a run',
      description: `${owner} What is done stays; the next apply goes on from there.`,
      tags,
      security,
      request: { params: ClusterRunParams },
      responses: { 200: json(ClusterRunView), ...problems(...denied, 'invalid_request', 'conflict') },
    }),
    async (c) => c.json(await stopClusterRun(c.var.ctx, c.req.valid('param').runId), 200),
  );

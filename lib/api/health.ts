import { createRoute, z } from '@hono/zod-openapi';
import { renderMetrics } from '@/lib/services/metrics';
import { requireMetricsToken } from '@/lib/services/metrics-token';
import { checkReadiness } from '@/lib/services/readiness';
import { api, json, problems } from './api';

const tags = ['Operations'];
const Readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.record(z.string(), z.enum(['ok', 'failed'])),
});
const metricsText = {
  description: 'Prometheus text format',
  content: { 'text/plain': { schema: z.string() } },
};

const metricsRoute = (path: '/metrics' | '/health/metrics') =>
  createRoute({
    method: 'get',
    path,
    summary: 'Metrics for Prometheus',
    description: 'Takes METRICS_TOKEN as Bearer where the server has one.',
    tags,
    responses: { 200: metricsText, ...problems('unauthenticated') },
  });

function metricsFor(authorization: string | undefined): Promise<string> {
  requireMetricsToken(authorization);
  return renderMetrics();
}

export const health = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/health/live',
      summary: 'The process answers; true even when a dependency is down',
      tags,
      responses: { 200: json(z.object({ status: z.literal('live') })) },
    }),
    (c) => c.json({ status: 'live' as const }, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/health/ready',
      summary: 'Requests can be served',
      tags,
      responses: { 200: json(Readiness), 503: json(Readiness, 'Not ready') },
    }),
    async (c) => {
      const checks = await checkReadiness();
      const isReady = Object.values(checks).every((check) => check === 'ok');
      return isReady
        ? c.json({ status: 'ready' as const, checks }, 200)
        : c.json({ status: 'not_ready' as const, checks }, 503);
    },
  )
  .openapi(metricsRoute('/health/metrics'), async (c) => c.text(await metricsFor(c.req.header('authorization')), 200))
  .openapi(metricsRoute('/metrics'), async (c) => c.text(await metricsFor(c.req.header('authorization')), 200));

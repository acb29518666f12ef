import { createRoute } from '@hono/zod-openapi';
import { FailedJobParams, OperationsView, RetryAnswer } from '@/lib/schemas/operations';
import { retryFailedJob } from '@/lib/services/failed-jobs';
import { getOperations } from '@/lib/services/operations';
import { api, json, problems, security } from './api';

const tags = ['Operations'];
const description =
  'For the owners of the team that owns the installation: the first there was. A token needs the scope admin.';

export const operations = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/operations',
      summary: 'How the installation stands: queues, workers, throughput, failures, stores',
      description,
      tags,
      security,
      responses: { 200: json(OperationsView), ...problems('unauthenticated', 'forbidden', 'not_found') },
    }),
    async (c) => c.json(await getOperations(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/operations/jobs/{jobId}/retry',
      summary: 'Run a job again that was given up',
      description: `${description} An audit that ended is audited anew; all else goes on where it stopped. 409 while its audit still runs, 410 when what it was about is gone.`,
      tags,
      security,
      request: { params: FailedJobParams },
      responses: {
        202: json(RetryAnswer, 'Given to the queue'),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'conflict', 'gone'),
      },
    }),
    async (c) => {
      const { jobId } = c.req.valid('param');
      await retryFailedJob(c.var.ctx, jobId);
      return c.json({ jobId }, 202);
    },
  );

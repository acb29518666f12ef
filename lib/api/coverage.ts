import { createRoute } from '@hono/zod-openapi';
import { CoverageUpload, CoverageView } from '@/lib/schemas/coverage';
import { saveCoverage } from '@/lib/services/coverage-reports';
import { api, json, ProjectParams, problems, security } from './api';
import { readBody } from './body-limit';

/** Of the body as it is sent; unpacked a report may have twice as many. */
export const MAX_COVERAGE_BYTES = 8 * 1024 ** 2;

/** Whether a request may be larger than others. */
export function isCoverageUpload(method: string, path: string): boolean {
  return method === 'PUT' && /\/projects\/[^/]+\/coverage$/.test(path);
}

const REPORT = {
  schema: { type: 'string', format: 'binary' },
  example: 'SF:src/pay.ts\nDA:1,4\nDA:2,0\nend_of_record\n',
} as const;

export const coverage = api().openapi(
  createRoute({
    method: 'put',
    path: '/projects/{projectId}/coverage',
    summary: 'Send a coverage report for a commit',
    description:
      'Takes the role member; a token needs the scope write. lcov, Cobertura, JaCoCo or a Go profile, plain or gzip, at most 8 MiB and 16 MiB unpacked. The next audit of the commit reads it in place of reports in the repository; the newest report of a commit counts. `unprocessable` names `line` and `problem`.',
    tags: ['Projects'],
    security,
    request: {
      params: ProjectParams,
      query: CoverageUpload,
      body: { required: true, content: { 'application/octet-stream': REPORT } },
    },
    responses: {
      200: json(CoverageView),
      ...problems(
        'unauthenticated',
        'forbidden',
        'not_found',
        'invalid_request',
        'payload_too_large',
        'unprocessable',
        'overloaded',
      ),
    },
  }),
  async (c) => {
    const readBytes = () => readBody(c.req.raw, MAX_COVERAGE_BYTES);
    return c.json(await saveCoverage(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query'), readBytes), 200);
  },
);

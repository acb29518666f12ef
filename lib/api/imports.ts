import { createRoute } from '@hono/zod-openapi';
import { MAX_IMPORT_BYTES } from '@/lib/schemas/import-limits';
import { ImportList, ImportUpload } from '@/lib/schemas/imports';
import { importFindings, listImports } from '@/lib/services/imports';
import { api, json, ProjectParams, problems, security } from './api';
import { readBody } from './body-limit';

/** Whether a request may be larger than others. */
export function isImportUpload(method: string, path: string): boolean {
  return method === 'POST' && /\/projects\/[^/]+\/imports$/.test(path);
}

const REPORT = {
  schema: { type: 'string', format: 'binary' },
  example: '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Linter"}},"results":[]}]}',
} as const;

export const imports = api()
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/imports',
      summary: 'Send what another tool found, as SARIF 2.1.0',
      description:
        'Takes the role member; a token needs the scope write. Plain or gzip, at most 8 MiB and 32 MiB unpacked. A report stands in place of the one before of the same tool and category; what is not in it any more is fixed. Of one tool and category 10,000 findings are kept, the gravest; `leftOut` counts the rest. `unprocessable` names the `problem`. Other tools’ findings do not count in scores.',
      tags: ['Findings'],
      security,
      request: {
        params: ProjectParams,
        query: ImportUpload,
        body: { required: true, content: { 'application/octet-stream': REPORT } },
      },
      responses: {
        200: json(ImportList, 'One for each tool and category of the report'),
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
      const readBytes = () => readBody(c.req.raw, MAX_IMPORT_BYTES);
      const { projectId } = c.req.valid('param');
      return c.json(await importFindings(c.var.ctx, projectId, c.req.valid('query'), readBytes), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/imports',
      summary: 'List the reports of other tools that were sent, newest first',
      tags: ['Findings'],
      security,
      request: { params: ProjectParams },
      responses: {
        200: json(ImportList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listImports(c.var.ctx, c.req.valid('param').projectId), 200),
  );

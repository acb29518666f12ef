import { createRoute } from '@hono/zod-openapi';
import { ExportRequest } from '@/lib/schemas/exports';
import { exportAudit } from '@/lib/services/audit-export';
import { AuditParams, api, problems, security } from './api';

const file = { schema: { type: 'string', format: 'binary' } } as const;

export const exports = api().openapi(
  createRoute({
    method: 'get',
    path: '/audits/{auditId}/export',
    summary: 'What an audit found, as a report or for another program',
    description:
      'html, pdf, csv, json, sarif and gitlab take the filters of a list of findings; junit and cyclonedx take none. csv cannot be run as formulas; sarif stays within the limits of GitHub code scanning; html lists at most 5,000 findings and pdf 500, the most severe, and say how many are left out. `conflict` while the audit runs.',
    tags: ['Findings'],
    security,
    request: { params: AuditParams, query: ExportRequest },
    responses: {
      200: {
        description: 'The file; its content type is that of the format',
        content: { 'application/octet-stream': file },
      },
      ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'conflict', 'gone', 'overloaded'),
    },
  }),
  async (c) => {
    const { auditId } = c.req.valid('param');
    const { body, contentType, fileName } = await exportAudit(c.var.ctx, auditId, c.req.valid('query'));
    return c.body(body, 200, {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
    }) as never;
  },
);

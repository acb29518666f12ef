import { createRoute, z } from '@hono/zod-openapi';
import { EvidenceKeyList } from '@/lib/schemas/evidence';
import { getAuditEvidence, streamProjectEvidence } from '@/lib/services/evidence';
import { listEvidenceKeys } from '@/lib/services/evidence-key';
import { AuditParams, api, json, ProjectParams, problems, security } from './api';

const tags = ['Evidence'];
const Envelope = z
  .object({ payload: z.string(), payloadType: z.string(), signatures: z.array(z.unknown()) })
  .describe('One line; every other way to write it is another file');

/** Open to everybody: who checks evidence has no account. */
export const evidenceKeys = api().openapi(
  createRoute({
    method: 'get',
    path: '/evidence/keys',
    summary: 'Public keys that evidence was signed with, newest first',
    tags,
    responses: { 200: json(EvidenceKeyList), ...problems() },
  }),
  async (c) => c.json(await listEvidenceKeys(), 200, { 'cache-control': 'public, max-age=60' }),
);

export const evidence = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/evidence',
      summary: 'The signed evidence of an audit',
      description:
        'An in-toto statement in a DSSE envelope, for `elder verify`. Complete and partial audits have it; those that failed or were cancelled have none.',
      tags,
      security,
      request: { params: AuditParams },
      responses: {
        200: {
          description: 'DSSE envelope',
          content: { 'application/vnd.dsse.envelope.v1+json': { schema: Envelope } },
        },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { auditId } = c.req.valid('param');
      const envelope = await getAuditEvidence(c.var.ctx, auditId);
      return c.body(`${envelope}\n`, 200, {
        'content-type': 'application/vnd.dsse.envelope.v1+json',
        'content-disposition': `attachment; filename="evidence-${auditId}.json"`,
      }) as never;
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/evidence',
      summary: 'The chain of a project’s evidence, one envelope a line',
      description: 'From its beginning, also of audits that are gone, for `elder verify`.',
      tags,
      security,
      request: { params: ProjectParams },
      responses: {
        200: { description: 'JSON lines', content: { 'application/jsonl': { schema: z.string() } } },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { projectId } = c.req.valid('param');
      return c.body(await streamProjectEvidence(c.var.ctx, projectId), 200, {
        'content-type': 'application/jsonl',
        'content-disposition': `attachment; filename="evidence-${projectId}.jsonl"`,
      }) as never;
    },
  );

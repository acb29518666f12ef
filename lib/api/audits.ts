import { createRoute, z } from '@hono/zod-openapi';
import { AuditDetail, AuditSummary } from '@/lib/schemas/audits';
import { PageRequest } from '@/lib/schemas/common';
import { AuditComparison, ComparisonFilter } from '@/lib/schemas/comparisons';
import {
  AuditFindingPage,
  AuditSuppressions,
  CodeView,
  FindingFilter,
  FindingView,
  PatchView,
} from '@/lib/schemas/findings';
import { compareAudits } from '@/lib/services/audit-comparison';
import { exportAudit } from '@/lib/services/audit-export';
import { listAuditFindings } from '@/lib/services/audit-findings';
import { listAuditSuppressions } from '@/lib/services/audit-suppressions';
import { cancelAudit, getAudit, listAudits } from '@/lib/services/audits';
import { getAuditSbom } from '@/lib/services/dependencies';
import { getFindingCode } from '@/lib/services/finding-code';
import { getFindingPatch } from '@/lib/services/finding-patch';
import { getFinding } from '@/lib/services/findings';
import { AuditParams, api, FindingParams, json, problems, REPOSITORY_PROBLEMS, security } from './api';

const tags = ['Audits'];

export const audits = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits',
      summary: 'List audits, newest first',
      tags,
      security,
      request: {
        query: PageRequest.extend({
          projectId: z.uuid().optional().describe('All projects unless given'),
          teamId: z.uuid().optional().describe('All your teams unless given'),
        }),
      },
      responses: {
        200: json(z.object({ items: z.array(AuditSummary), nextCursor: z.string().nullable() })),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listAudits(c.var.ctx, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}',
      summary: 'State, jobs and result hash of an audit',
      tags,
      security,
      request: { params: AuditParams },
      responses: {
        200: json(AuditDetail),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getAudit(c.var.ctx, c.req.valid('param').auditId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/audits/{auditId}/cancel',
      summary: 'Stop an audit; a second call changes nothing',
      description: 'Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: { params: AuditParams },
      responses: {
        200: json(AuditDetail),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      await cancelAudit(c.var.ctx, c.req.valid('param').auditId);
      return c.json(await getAudit(c.var.ctx, c.req.valid('param').auditId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/findings',
      summary: 'What this audit found',
      tags: ['Findings'],
      security,
      request: { params: AuditParams, query: FindingFilter },
      responses: {
        200: json(AuditFindingPage),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listAuditFindings(c.var.ctx, c.req.valid('param').auditId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/compare/{otherAuditId}',
      summary: 'What differs between two audits of a project',
      description:
        'From the first to the second: scores, rules, gate, policy and findings. `differences` says where scores do not measure the same. `unprocessable` when the audits are of two projects, or one has no result.',
      tags,
      security,
      request: {
        params: AuditParams.extend({ otherAuditId: z.uuid().describe('Of the same project') }),
        query: ComparisonFilter,
      },
      responses: {
        200: json(AuditComparison),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'unprocessable'),
      },
    }),
    async (c) => {
      const { auditId, otherAuditId } = c.req.valid('param');
      return c.json(await compareAudits(c.var.ctx, auditId, otherAuditId, c.req.valid('query')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/suppressions',
      summary: 'What the repository asked to ignore, and what became of it',
      description: 'From `elder-ignore` comments and `.elder.yml`, with the reasons given there.',
      tags: ['Findings'],
      security,
      request: { params: AuditParams },
      responses: {
        200: json(AuditSuppressions),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listAuditSuppressions(c.var.ctx, c.req.valid('param').auditId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/sarif',
      summary: 'What this audit found, as SARIF 2.1.0',
      description:
        'As the export in the format `sarif`: open and severe results first, within the limits of GitHub code scanning; what was left out is told in the log. `conflict` while the audit runs.',
      tags: ['Findings'],
      security,
      request: {
        params: AuditParams,
        query: z.object({ language: z.enum(['en', 'ja']).default('en').describe('Of the messages') }),
      },
      responses: {
        200: {
          description: 'SARIF 2.1.0',
          content: {
            'application/sarif+json': { schema: z.object({ version: z.string(), runs: z.array(z.unknown()) }).loose() },
          },
        },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'conflict', 'overloaded'),
      },
    }),
    async (c) => {
      const { language } = c.req.valid('query');
      const { body, contentType } = await exportAudit(c.var.ctx, c.req.valid('param').auditId, {
        format: 'sarif',
        language,
      });
      return c.body(body, 200, { 'content-type': contentType }) as never;
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/sbom',
      summary: 'The bill of materials of the audited commit, as CycloneDX 1.6',
      description: 'Kept for the newest audit of each branch; `gone` once a newer one has taken its place.',
      tags,
      security,
      request: { params: AuditParams },
      responses: {
        200: {
          description: 'CycloneDX 1.6',
          content: {
            'application/vnd.cyclonedx+json': {
              schema: z
                .object({ bomFormat: z.string(), specVersion: z.string(), components: z.array(z.unknown()) })
                .loose(),
            },
          },
        },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'gone', 'invalid_request'),
      },
    }),
    async (c) => {
      const sbom = await getAuditSbom(c.var.ctx, c.req.valid('param').auditId);
      return c.body(`${JSON.stringify(sbom, null, 2)}\n`, 200, {
        'content-type': 'application/vnd.cyclonedx+json',
      }) as never;
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/findings/{findingId}',
      summary: 'One finding',
      tags: ['Findings'],
      security,
      request: { params: FindingParams },
      responses: {
        200: json(FindingView),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getFinding(c.var.ctx, c.req.valid('param').findingId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/findings/{findingId}/code',
      summary: 'Code around a finding, with highlighting and blame',
      tags: ['Findings'],
      security,
      request: {
        params: FindingParams,
        query: z.object({
          context: z.coerce.number().int().min(0).max(50).default(8).describe('Lines before and after'),
        }),
      },
      responses: {
        200: json(CodeView),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'overloaded',
          'unavailable',
          ...REPOSITORY_PROBLEMS,
        ),
      },
    }),
    async (c) => {
      const { context } = c.req.valid('query');
      return c.json(await getFindingCode(c.var.ctx, c.req.valid('param').findingId, context), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/findings/{findingId}/patch',
      summary: 'A mechanical fix of a finding, as a patch',
      tags: ['Findings'],
      security,
      request: { params: FindingParams },
      responses: {
        200: json(PatchView),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'overloaded',
          'unavailable',
          ...REPOSITORY_PROBLEMS,
        ),
      },
    }),
    async (c) => c.json(await getFindingPatch(c.var.ctx, c.req.valid('param').findingId), 200),
  );

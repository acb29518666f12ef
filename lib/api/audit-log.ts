import { createRoute } from '@hono/zod-openapi';
import { AuditLogActions, AuditLogCheck, AuditLogFilter, AuditLogPage } from '@/lib/schemas/audit-log';
import { listAuditLog, listAuditLogActions } from '@/lib/services/audit-log';
import { checkAuditLog } from '@/lib/services/audit-log-check';
import { api, json, problems, security, TeamParams } from './api';

const tags = ['Audit log'];
const refusals = problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request');

export const auditLog = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/audit-log',
      summary: 'Who changed what in a team, newest first',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: TeamParams, query: AuditLogFilter },
      responses: { 200: json(AuditLogPage), ...refusals },
    }),
    async (c) => c.json(await listAuditLog(c.var.ctx, c.req.valid('param').teamId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/audit-log/actions',
      summary: 'Kinds of change that the log of a team holds',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(AuditLogActions), ...refusals },
    }),
    async (c) => c.json(await listAuditLogActions(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/audit-log/check',
      summary: 'Whether the log of a team is as it was written',
      description:
        'Computes the hash of every entry anew. Keep `head` elsewhere to prove later that nothing was changed. Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(AuditLogCheck), ...refusals, ...problems('rate_limited') },
    }),
    async (c) => c.json(await checkAuditLog(c.var.ctx, c.req.valid('param').teamId), 200),
  );

import { createRoute } from '@hono/zod-openapi';
import { OwnRuleTest, OwnRuleTestRequest } from '@/lib/schemas/own-rules';
import { testOwnRule } from '@/lib/services/own-rule-test';
import { api, body, json, problems, security, TeamParams } from './api';

const EXAMPLE = {
  rule: {
    id: 'own/no-old-client',
    kind: 'pattern',
    severity: 'medium',
    title: { en: 'No old client' },
    why: { en: 'The old service is switched off in May.' },
    fix: { en: 'Use the new client.' },
    pattern: '\\boldClient\\(',
    where: 'code',
  },
} as const;

export const ownRules = api().openapi(
  createRoute({
    method: 'post',
    path: '/teams/{teamId}/own-rules/test',
    summary: 'Try a rule of your own on the team’s repositories before you save it',
    description:
      'Looks at the commits that were audited last, within limits of projects, files and time, and says what it left out. Nothing is saved. Takes the role admin; a token needs the scope admin.',
    tags: ['Teams'],
    security,
    request: { params: TeamParams, body: body(OwnRuleTestRequest, EXAMPLE) },
    responses: {
      200: json(OwnRuleTest),
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
  async (c) => c.json(await testOwnRule(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 200),
);

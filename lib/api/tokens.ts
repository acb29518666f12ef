import { createRoute, z } from '@hono/zod-openapi';
import { TokenCreated, TokenList, TokenRequest } from '@/lib/schemas/tokens';
import { createToken, listTokens, revokeToken } from '@/lib/services/tokens';
import { api, body, json, problems, security, TeamParams } from './api';

const tags = ['Teams'];
const description = 'Takes the role admin; a token needs the scope admin.';

export const tokens = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/tokens',
      summary: 'List the API tokens of a team',
      description,
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(TokenList), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await listTokens(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/tokens',
      summary: 'Make an API token for yourself or for a service account',
      description: `${description} Its scopes go no further than the holder’s role. The value is shown once.`,
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(TokenRequest, { name: 'Pipeline', scopes: ['read', 'write'], expiresInDays: 90 }),
      },
      responses: {
        201: json(TokenCreated, 'Made'),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'payload_too_large',
          'unprocessable',
        ),
      },
    }),
    async (c) => c.json(await createToken(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/teams/{teamId}/tokens/{tokenId}',
      summary: 'Revoke an API token',
      description: `${description} It is refused within five seconds, and its sockets are closed.`,
      tags,
      security,
      request: { params: TeamParams.extend({ tokenId: z.uuid().describe('From the list of tokens') }) },
      responses: {
        204: { description: 'Revoked' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { teamId, tokenId } = c.req.valid('param');
      await revokeToken(c.var.ctx, teamId, tokenId);
      return c.body(null, 204);
    },
  );

import { createRoute, z } from '@hono/zod-openapi';
import { IdentityList } from '@/lib/schemas/identities';
import { disconnectIdentity, listIdentities } from '@/lib/services/identities';
import { api, json, problems, security } from './api';

const tags = ['Account'];
const description = 'Takes a browser that is signed in: no token may.';

export const identities = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/me/identities',
      summary: 'Identity providers that you sign in with, and those you could',
      description,
      tags,
      security,
      responses: { 200: json(IdentityList), ...problems('unauthenticated', 'forbidden') },
    }),
    async (c) => c.json(await listIdentities(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/me/identities/{identityId}',
      summary: 'Disconnect an identity provider from your account',
      description: `${description} The last way to sign in stays.`,
      tags,
      security,
      request: { params: z.object({ identityId: z.uuid().describe('From the list of your identities') }) },
      responses: {
        204: { description: 'Disconnected' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_request'),
      },
    }),
    async (c) => {
      await disconnectIdentity(c.var.ctx, c.req.valid('param').identityId);
      return c.body(null, 204);
    },
  );

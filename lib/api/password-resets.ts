import { createRoute } from '@hono/zod-openapi';
import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import { OpenPasswordReset, PasswordResetRequest } from '@/lib/schemas/users';
import { getPasswordReset, resetPassword } from '@/lib/services/passwords';
import { api, body, json, LinkParams, problems } from './api';

const tags = ['Account'];
const PROBLEMS = ['forbidden', 'not_found', 'gone', 'invalid_request', 'rate_limited'] as const;

/** For who holds a link: nobody needs to be signed in. */
export const passwordResets = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/password-resets/{token}',
      summary: 'Whose password a link is for',
      tags,
      request: { params: LinkParams },
      responses: { 200: json(OpenPasswordReset), ...problems(...PROBLEMS) },
    }),
    async (c) => {
      const address = c.env?.clientAddress ?? UNKNOWN_ADDRESS;
      return c.json(await getPasswordReset(address, c.req.valid('param').token), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/password-resets/{token}',
      summary: 'Choose a new password with a one-time link',
      description: 'Ends all sessions of the person.',
      tags,
      request: { params: LinkParams, body: body(PasswordResetRequest, { password: 'a longer password' }) },
      responses: {
        204: { description: 'Set' },
        ...problems(...PROBLEMS, 'payload_too_large', 'unprocessable'),
      },
    }),
    async (c) => {
      const address = c.env?.clientAddress ?? UNKNOWN_ADDRESS;
      await resetPassword(address, c.req.valid('param').token, c.req.valid('json'));
      return c.body(null, 204);
    },
  );

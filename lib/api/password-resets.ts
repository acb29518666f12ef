import { createRoute } from '@hono/zod-openapi';
import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import { OpenPasswordReset, PasswordMailAnswer, PasswordMailRequest, PasswordResetRequest } from '@/lib/schemas/users';
import { requestPasswordMail } from '@/lib/services/forgotten-passwords';
import { getPasswordReset, resetPassword } from '@/lib/services/passwords';
import { api, body, json, LinkParams, problems } from './api';

const tags = ['Account'];
const PROBLEMS = ['forbidden', 'not_found', 'gone', 'invalid_request', 'rate_limited'] as const;

/** Nobody needs to be signed in. */
export const passwordResets = api()
  .openapi(
    createRoute({
      method: 'post',
      path: '/password-resets',
      summary: 'Have a link to choose a new password mailed to yourself',
      description:
        'The answer is the same whether the address has an account or not. A mailbox gets at most three such messages an hour; what is beyond is dropped in silence.',
      tags,
      request: { body: body(PasswordMailRequest, { email: 'rin@example.org', language: 'ja' }) },
      responses: {
        202: json(PasswordMailAnswer, 'Taken'),
        ...problems('invalid_request', 'payload_too_large', 'rate_limited'),
      },
    }),
    (c) => {
      const address = c.env?.clientAddress ?? UNKNOWN_ADDRESS;
      return c.json(requestPasswordMail(address, c.req.valid('json')), 202);
    },
  )
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

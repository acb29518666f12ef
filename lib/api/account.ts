import { createRoute, z } from '@hono/zod-openapi';
import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import {
  MeView,
  PasswordChange,
  PreferencesRequest,
  SessionList,
  SetupRequest,
  SetupResponse,
} from '@/lib/schemas/users';
import { endOtherSessions, endOwnSession, endSessions, listOwnSessions } from '@/lib/services/own-sessions';
import { changePassword } from '@/lib/services/passwords';
import { createFirstOwner, getMe, updatePreferences } from '@/lib/services/users';
import { api, body, json, problems, security } from './api';

const tags = ['Account'];

const SETUP_EXAMPLE = {
  token: 'value-of-the-link',
  email: 'rin@example.org',
  name: 'Rin',
  teamName: 'Kitchen',
  password: 'a long password',
  language: 'ja',
} as const;

/** Open to everybody: it takes the one-time link. */
export const setup = api().openapi(
  createRoute({
    method: 'post',
    path: '/setup',
    summary: 'Make the first owner with the link printed at start',
    description: 'Works once, and only while nobody exists.',
    tags,
    request: { body: body(SetupRequest, SETUP_EXAMPLE) },
    responses: {
      201: json(SetupResponse, 'Created'),
      ...problems('invalid_request', 'gone', 'payload_too_large', 'unprocessable', 'rate_limited'),
    },
  }),
  async (c) => {
    const address = c.env?.clientAddress ?? UNKNOWN_ADDRESS;
    return c.json(await createFirstOwner(c.req.valid('json'), address), 201);
  },
);

export const account = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/me',
      summary: 'Who you are and your teams',
      tags,
      security,
      responses: { 200: json(MeView), ...problems('unauthenticated') },
    }),
    async (c) => c.json(await getMe(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/me',
      summary: 'Change your name, language and theme',
      description: 'What is left out stays. A token needs the scope admin.',
      tags,
      security,
      request: { body: body(PreferencesRequest, { language: 'ja', theme: 'dark' }) },
      responses: {
        200: json(MeView),
        ...problems('unauthenticated', 'forbidden', 'invalid_request', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await updatePreferences(c.var.ctx, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/me/end-sessions',
      summary: 'End all your sessions',
      description:
        'In every browser, this one included; open sockets close within seconds. A token needs the scope admin.',
      tags,
      security,
      responses: { 204: { description: 'Ended' }, ...problems('unauthenticated', 'forbidden') },
    }),
    async (c) => {
      await endSessions(c.var.ctx);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/me/end-other-sessions',
      summary: 'End all your sessions but this one',
      description: 'Open sockets of the others close within seconds. A token needs the scope admin and ends them all.',
      tags,
      security,
      responses: { 204: { description: 'Ended' }, ...problems('unauthenticated', 'forbidden') },
    }),
    async (c) => {
      await endOtherSessions(c.var.ctx);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/me/sessions',
      summary: 'The browsers in which you are signed in',
      description: 'A token needs the scope admin.',
      tags,
      security,
      responses: { 200: json(SessionList), ...problems('unauthenticated', 'forbidden') },
    }),
    async (c) => c.json(await listOwnSessions(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/me/sessions/{sessionId}',
      summary: 'End one of your sessions',
      description: 'Its open sockets close within seconds. A token needs the scope admin.',
      tags,
      security,
      request: { params: z.object({ sessionId: z.uuid().describe('From the list of your sessions') }) },
      responses: {
        204: { description: 'Ended' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      await endOwnSession(c.var.ctx, c.req.valid('param').sessionId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/me/password',
      summary: 'Change your password',
      description: 'Takes the current one, and a browser that is signed in: no token may. Your other sessions end.',
      tags,
      security,
      request: {
        body: body(PasswordChange, { currentPassword: 'the password of now', newPassword: 'a longer password' }),
      },
      responses: {
        204: { description: 'Changed' },
        ...problems(
          'unauthenticated',
          'forbidden',
          'conflict',
          'invalid_request',
          'payload_too_large',
          'unprocessable',
        ),
      },
    }),
    async (c) => {
      await changePassword(c.var.ctx, c.req.valid('json'));
      return c.body(null, 204);
    },
  );

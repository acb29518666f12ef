import { createRoute, z } from '@hono/zod-openapi';
import {
  InvitationAccepted,
  InvitationCreated,
  InvitationList,
  InvitationRequest,
  OpenInvitation,
  SignUpRequest,
} from '@/lib/schemas/invitations';
import { acceptInvitation, getInvitation, signUpByInvitation } from '@/lib/services/invitation-links';
import { createInvitation, listInvitations, revokeInvitation } from '@/lib/services/invitations';
import { api, body, json, LinkParams, problems, security, TeamParams } from './api';

const tags = ['Teams'];

export const invitations = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/invitations',
      summary: 'List the open invitations of a team',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: TeamParams },
      responses: {
        200: json(InvitationList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listInvitations(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/invitations',
      summary: 'Invite somebody into a team',
      description:
        'Takes the role admin and one not below the role given; a token needs the scope admin. The link is mailed when the server sends mail, shown once, lasts seven days and opens for this address alone. An open invitation of the same address ends.',
      tags,
      security,
      request: { params: TeamParams, body: body(InvitationRequest, { email: 'kai@example.org', role: 'member' }) },
      responses: {
        201: json(InvitationCreated, 'Made'),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'conflict',
          'invalid_request',
          'payload_too_large',
          'unprocessable',
        ),
      },
    }),
    async (c) => c.json(await createInvitation(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/teams/{teamId}/invitations/{invitationId}',
      summary: 'Revoke an open invitation',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: {
        params: TeamParams.extend({ invitationId: z.uuid().describe('From the list of open invitations') }),
      },
      responses: {
        204: { description: 'Revoked' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { teamId, invitationId } = c.req.valid('param');
      await revokeInvitation(c.var.ctx, teamId, invitationId);
      return c.body(null, 204);
    },
  );

const OPEN_PROBLEMS = ['forbidden', 'not_found', 'gone', 'invalid_request', 'rate_limited'] as const;

/** For who holds a link: nobody needs to be signed in. */
export const invitationLinks = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/invitations/{token}',
      summary: 'What an invitation is for',
      tags,
      request: { params: LinkParams },
      responses: { 200: json(OpenInvitation), ...problems(...OPEN_PROBLEMS) },
    }),
    async (c) => c.json(await getInvitation(c.var.ctx, c.req.valid('param').token), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/invitations/{token}/accept',
      summary: 'Join the team as the person who is signed in',
      description: 'Takes a browser that is signed in with the address that was invited.',
      tags,
      security,
      request: { params: LinkParams },
      responses: { 200: json(InvitationAccepted), ...problems('unauthenticated', ...OPEN_PROBLEMS, 'unprocessable') },
    }),
    async (c) => c.json(await acceptInvitation(c.var.ctx, c.req.valid('param').token), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/invitations/{token}/sign-up',
      summary: 'Make an account for the invited address and join the team',
      description: 'Whoever has an account already signs in and accepts.',
      tags,
      request: {
        params: LinkParams,
        body: body(SignUpRequest, { name: 'Kai', password: 'a long password', language: 'en' }),
      },
      responses: {
        201: json(InvitationAccepted, 'Made and joined'),
        ...problems(...OPEN_PROBLEMS, 'conflict', 'payload_too_large', 'unprocessable'),
      },
    }),
    async (c) => {
      const { token } = c.req.valid('param');
      const { address } = c.var.ctx;
      return c.json(await signUpByInvitation({ address, token }, c.req.valid('json')), 201);
    },
  );

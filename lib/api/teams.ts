import { createRoute, z } from '@hono/zod-openapi';
import {
  MemberChange,
  MemberList,
  MemberView,
  ServiceAccountRequest,
  TeamList,
  TeamMagicList,
  TeamRequest,
  TeamView,
} from '@/lib/schemas/teams';
import { PasswordResetCreated } from '@/lib/schemas/users';
import { changeMember, createServiceAccount, listMembers, removeMember } from '@/lib/services/members';
import { createPasswordReset } from '@/lib/services/passwords';
import { listTeamMagics } from '@/lib/services/team-magics';
import { createTeam, deleteTeam, listTeams, renameTeam } from '@/lib/services/teams';
import { api, body, json, problems, security, TeamParams } from './api';

const tags = ['Teams'];
const MemberParams = TeamParams.extend({ userId: z.uuid().describe('From the list of members') });

export const teams = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams',
      summary: 'List your teams with your role in each',
      tags,
      security,
      responses: { 200: json(TeamList), ...problems('unauthenticated', 'forbidden') },
    }),
    async (c) => c.json(await listTeams(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams',
      summary: 'Make a team that you own',
      description: 'Takes a browser that is signed in: a token is of one team.',
      tags,
      security,
      request: { body: body(TeamRequest, { teamName: 'Kitchen' }) },
      responses: {
        201: json(TeamView, 'Made'),
        ...problems('unauthenticated', 'forbidden', 'invalid_request', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await createTeam(c.var.ctx, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/teams/{teamId}',
      summary: 'Rename a team',
      description: 'Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: TeamParams, body: body(TeamRequest, { teamName: 'Kitchen' }) },
      responses: {
        200: json(TeamView),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await renameTeam(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/magics',
      summary: 'Tell where the projects of a team stand in each magic',
      tags,
      security,
      request: { params: TeamParams },
      responses: {
        200: json(TeamMagicList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listTeamMagics(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/teams/{teamId}',
      summary: 'Delete a team with its projects, tokens and service accounts',
      description: 'Takes the role owner; a token needs the scope admin. People keep their accounts.',
      tags,
      security,
      request: { params: TeamParams },
      responses: {
        204: { description: 'Deleted' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      await deleteTeam(c.var.ctx, c.req.valid('param').teamId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/members',
      summary: 'List the people and service accounts of a team',
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(MemberList), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await listMembers(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/teams/{teamId}/members/{userId}',
      summary: 'Give a member another role',
      description:
        'Takes the role admin, one not below the member’s and one not below the new role; a token needs the scope admin. The last owner stays one.',
      tags,
      security,
      request: { params: MemberParams, body: body(MemberChange, { role: 'member' }) },
      responses: {
        200: json(MemberView),
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
    async (c) => {
      const { teamId, userId } = c.req.valid('param');
      return c.json(await changeMember(c.var.ctx, teamId, userId, c.req.valid('json')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/teams/{teamId}/members/{userId}',
      summary: 'Remove a member or service account, or leave the team',
      description:
        'Takes the role admin and one not below the member’s; everybody may leave. A token needs the scope admin. Tokens of the member for this team are revoked. The last owner stays.',
      tags,
      security,
      request: { params: MemberParams },
      responses: {
        204: { description: 'Removed' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_request'),
      },
    }),
    async (c) => {
      const { teamId, userId } = c.req.valid('param');
      await removeMember(c.var.ctx, teamId, userId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/members/{userId}/password-reset',
      summary: 'Make a one-time link for a member to choose a new password',
      description:
        'Takes the role owner; a token needs the scope admin. Only for a person who is in no other team. The link is shown once and lasts a day.',
      tags,
      security,
      request: { params: MemberParams },
      responses: {
        201: json(PasswordResetCreated, 'Made'),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'unprocessable'),
      },
    }),
    async (c) => {
      const { teamId, userId } = c.req.valid('param');
      return c.json(await createPasswordReset(c.var.ctx, teamId, userId), 201);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/service-accounts',
      summary: 'Make a service account for machines',
      description:
        'It is in this team alone, cannot sign in and gets tokens of its own. Takes the role admin; a token needs the scope admin.',
      tags,
      security,
      request: { params: TeamParams, body: body(ServiceAccountRequest, { name: 'Pipeline', role: 'member' }) },
      responses: {
        201: json(MemberView, 'Made'),
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
    async (c) => c.json(await createServiceAccount(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 201),
  );

import { createRoute, z } from '@hono/zod-openapi';
import {
  ConnectionChange,
  ConnectionList,
  ConnectionRequest,
  ConnectionView,
  HostRepositoryFilter,
  HostRepositoryPage,
  OwnerFilter,
  OwnerPage,
  ProjectImport,
  ProjectsFileRequest,
  ProjectsFileResult,
  ProjectsImported,
} from '@/lib/schemas/connections';
import {
  changeConnection,
  checkConnection,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
} from '@/lib/services/connections';
import { listHostOwners, listHostRepositories } from '@/lib/services/host-listing';
import { importProjects } from '@/lib/services/project-import';
import { applyProjectsFile } from '@/lib/services/projects-file';
import { api, body, HOST_PROBLEMS, json, problems, security, TeamParams } from './api';

const tags = ['Git hosts'];
const reading = 'Takes the role member; a token needs the scope write.';
const managing = 'Takes the role admin; a token needs the scope admin.';
const ConnectionParams = TeamParams.extend({ connectionId: z.uuid().describe('From the list of connections') });
const OwnerParams = ConnectionParams.extend({
  owner: z.string().min(1).max(500).describe('`path` of the list of owners, as `acme`'),
});
const REFUSALS = ['unauthenticated', 'forbidden', 'not_found', 'invalid_request'] as const;

export const connections = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/connections',
      summary: 'List the team’s connections to Git hosts',
      description: reading,
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(ConnectionList), ...problems(...REFUSALS) },
    }),
    async (c) => c.json(await listConnections(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/connections',
      summary: 'Connect an account of a Git host by a token',
      description: `${managing} The host is asked whose token it is first. The token is sealed and never shown again.`,
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(ConnectionRequest, {
          provider: 'github',
          baseUrl: 'https://github.example.com',
          token: 'ghp_0123456789',
        }),
      },
      responses: {
        201: json(ConnectionView, 'Connected'),
        ...problems(...REFUSALS, 'payload_too_large', 'unprocessable', ...HOST_PROBLEMS),
      },
    }),
    async (c) => c.json(await createConnection(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/connections/{connectionId}',
      summary: 'A connection and how it stands',
      description: reading,
      tags,
      security,
      request: { params: ConnectionParams },
      responses: { 200: json(ConnectionView), ...problems(...REFUSALS) },
    }),
    async (c) => {
      const { teamId, connectionId } = c.req.valid('param');
      return c.json(await getConnection(c.var.ctx, teamId, connectionId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/teams/{teamId}/connections/{connectionId}',
      summary: 'Rename a connection, or give it another token',
      description: managing,
      tags,
      security,
      request: { params: ConnectionParams, body: body(ConnectionChange, { name: 'GitHub of the shop' }) },
      responses: {
        200: json(ConnectionView),
        ...problems(...REFUSALS, 'payload_too_large', 'unprocessable', ...HOST_PROBLEMS),
      },
    }),
    async (c) => {
      const { teamId, connectionId } = c.req.valid('param');
      return c.json(await changeConnection(c.var.ctx, teamId, connectionId, c.req.valid('json')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/teams/{teamId}/connections/{connectionId}',
      summary: 'Forget a connection and its token',
      description: `${managing} Its projects stay, and are read as by anybody from then on.`,
      tags,
      security,
      request: { params: ConnectionParams },
      responses: { 204: { description: 'Forgotten' }, ...problems(...REFUSALS) },
    }),
    async (c) => {
      const { teamId, connectionId } = c.req.valid('param');
      await deleteConnection(c.var.ctx, teamId, connectionId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/connections/{connectionId}/check',
      summary: 'Ask the host whether it still takes the connection',
      description: `${managing} What the host says is in the answer; a refusal is no error of this request.`,
      tags,
      security,
      request: { params: ConnectionParams },
      responses: { 200: json(ConnectionView), ...problems(...REFUSALS) },
    }),
    async (c) => {
      const { teamId, connectionId } = c.req.valid('param');
      return c.json(await checkConnection(c.var.ctx, teamId, connectionId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/connections/{connectionId}/owners',
      summary: 'Whose repositories a connection can list',
      description: reading,
      tags,
      security,
      request: { params: ConnectionParams, query: OwnerFilter },
      responses: { 200: json(OwnerPage), ...problems(...REFUSALS, 'unprocessable', ...HOST_PROBLEMS) },
    }),
    async (c) => {
      const { teamId, connectionId } = c.req.valid('param');
      return c.json(await listHostOwners(c.var.ctx, teamId, connectionId, c.req.valid('query').cursor), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/connections/{connectionId}/owners/{owner}/repositories',
      summary: 'Repositories of an owner, and which are registered',
      description: `${reading} A page may be empty and not the last.`,
      tags,
      security,
      request: { params: OwnerParams, query: HostRepositoryFilter },
      responses: { 200: json(HostRepositoryPage), ...problems(...REFUSALS, 'unprocessable', ...HOST_PROBLEMS) },
    }),
    async (c) => {
      const { teamId, connectionId, owner } = c.req.valid('param');
      return c.json(await listHostRepositories(c.var.ctx, teamId, connectionId, owner, c.req.valid('query')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/projects/import',
      summary: 'Register many repositories of a connection',
      description: `${reading} Says of each what came of it; what was not reached within a minute is for the same request again.`,
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(ProjectImport, {
          connectionId: '0193a0de-0000-7000-8000-000000000001',
          repositories: ['acme/shop', 'acme/api'],
        }),
      },
      responses: {
        200: json(ProjectsImported),
        ...problems(...REFUSALS, 'payload_too_large', 'unprocessable', ...HOST_PROBLEMS),
      },
    }),
    async (c) => c.json(await importProjects(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/teams/{teamId}/projects/file',
      summary: 'Make the projects of a team those of a file',
      description:
        'Takes the role admin; a token needs the scope admin. YAML or JSON; the same file again changes nothing. Only `prune: true` in the file removes projects, and only those that an earlier file brought.',
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(ProjectsFileRequest, {
          file: 'projects:\n  - repository: https://github.com/acme/shop\n    name: Shop\n',
          dryRun: true,
        }),
      },
      responses: {
        200: json(ProjectsFileResult),
        ...problems(...REFUSALS, 'payload_too_large', 'unprocessable'),
      },
    }),
    async (c) => c.json(await applyProjectsFile(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 200),
  );

import { createRoute, z } from '@hono/zod-openapi';
import { DeployKey, HostKeysConfirmation, SshHostList, SshHostView, SshKeyView } from '@/lib/schemas/ssh';
import { confirmHostKeys, listSshHosts } from '@/lib/services/ssh-hosts';
import { createSshKey, deleteDeployKey, getDeployKey, replaceDeployKey } from '@/lib/services/ssh-keys';
import { api, body, json, ProjectParams, problems, security, TeamParams } from './api';

const ofProject = { tags: ['Projects'], security };
const ofTeam = { tags: ['Teams'], security };
const admin = 'Takes the role admin; a token needs the scope admin.';
const member = 'Takes the role member; a token needs the scope write.';

export const ssh = api()
  .openapi(
    createRoute({
      ...ofProject,
      method: 'get',
      path: '/projects/{projectId}/deploy-key',
      summary: 'Show the key with which a project is read over ssh',
      description: `${admin} The private half is shown to nobody.`,
      request: { params: ProjectParams },
      responses: { 200: json(DeployKey), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await getDeployKey(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      ...ofProject,
      method: 'post',
      path: '/projects/{projectId}/deploy-key',
      summary: 'Make a key with which a project is read over ssh',
      description: `${admin} It takes the place of the one before, and works once it is added at the Git host.`,
      request: { params: ProjectParams },
      responses: {
        201: json(SshKeyView, 'Made'),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'unprocessable'),
      },
    }),
    async (c) => c.json(await replaceDeployKey(c.var.ctx, c.req.valid('param').projectId), 201),
  )
  .openapi(
    createRoute({
      ...ofProject,
      method: 'delete',
      path: '/projects/{projectId}/deploy-key',
      summary: 'Forget the key of a project',
      description: admin,
      request: { params: ProjectParams },
      responses: {
        204: { description: 'Forgotten' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      await deleteDeployKey(c.var.ctx, c.req.valid('param').projectId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      ...ofTeam,
      method: 'post',
      path: '/teams/{teamId}/ssh-keys',
      summary: 'Make a key for a repository that is to be registered',
      description: `${member} Add its public half at the Git host, then register with its id. It is kept for 30 days.`,
      request: { params: TeamParams },
      responses: {
        201: json(SshKeyView, 'Made'),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'unprocessable'),
      },
    }),
    async (c) => c.json(await createSshKey(c.var.ctx, c.req.valid('param').teamId), 201),
  )
  .openapi(
    createRoute({
      ...ofTeam,
      method: 'get',
      path: '/teams/{teamId}/host-keys',
      summary: 'List hosts that a team reads over ssh, and by which keys they are known',
      description: member,
      request: { params: TeamParams },
      responses: {
        200: json(SshHostList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listSshHosts(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      ...ofTeam,
      method: 'put',
      path: '/teams/{teamId}/host-keys/{host}',
      summary: 'Confirm the keys that a host shows',
      description: `${admin} Compare the fingerprints with what the administrator of the host tells. Until then it is not read.`,
      request: {
        params: TeamParams.extend({ host: z.string().min(1).max(300).describe('From the list of hosts') }),
        body: body(HostKeysConfirmation, { fingerprints: ['SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU'] }),
      },
      responses: {
        200: json(SshHostView),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'conflict', 'payload_too_large'),
      },
    }),
    async (c) => {
      const { teamId, host } = c.req.valid('param');
      return c.json(await confirmHostKeys(c.var.ctx, teamId, host, c.req.valid('json')), 200);
    },
  );

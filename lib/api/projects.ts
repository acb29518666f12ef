import { createRoute, z } from '@hono/zod-openapi';
import { AuditTriggerResponse, ManualAuditRequest, PastAuditsRequest, PastAuditsResponse } from '@/lib/schemas/audits';
import { MagicKey } from '@/lib/schemas/common';
import { DependencyFilter, DependencyPage } from '@/lib/schemas/dependencies';
import { FindingFilter, FindingPage } from '@/lib/schemas/findings';
import { MagicDetail } from '@/lib/schemas/magics';
import { Components, Hotspots, UnreadFiles } from '@/lib/schemas/maps';
import {
  AuditResults,
  Portfolio,
  PortfolioCounts,
  ProjectChange,
  ProjectCreated,
  ProjectFilter,
  ProjectListItem,
  ProjectOverview,
  ProjectPage,
  ProjectRequest,
  RegistrationCheck,
} from '@/lib/schemas/projects';
import { requestAudit } from '@/lib/services/audits';
import { listDependencies } from '@/lib/services/dependencies';
import { listFindings } from '@/lib/services/findings';
import { getMagicDetail } from '@/lib/services/magics';
import { getComponents, getHotspots, getUnreadFiles } from '@/lib/services/maps';
import { requestPastAudits } from '@/lib/services/past-audits';
import { getPortfolio, getPortfolioCounts } from '@/lib/services/portfolio';
import { changeProject, deleteProject } from '@/lib/services/project-changes';
import { listProjects } from '@/lib/services/project-list';
import { getAuditResults, getProjectOverview } from '@/lib/services/projects';
import { checkRegistration, createProject } from '@/lib/services/registration';
import { api, body, json, ProjectParams, problems, REPOSITORY_PROBLEMS, security } from './api';

const tags = ['Projects'];
const EXAMPLE = { repositoryUrl: 'https://github.com/vuejs/core', branch: 'main' };

export const projects = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects',
      summary: 'List the projects of your teams',
      tags,
      security,
      request: { query: ProjectFilter },
      responses: {
        200: json(ProjectPage),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listProjects(c.var.ctx, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects',
      summary: 'Register a repository and start its first audit',
      description: 'Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: { body: body(ProjectRequest, EXAMPLE) },
      responses: {
        201: json(ProjectCreated, 'Registered; the first audit is queued'),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'conflict',
          'payload_too_large',
          'unprocessable',
          ...REPOSITORY_PROBLEMS,
        ),
      },
    }),
    async (c) => c.json(await createProject(c.var.ctx, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/check',
      summary: 'Say what a registration would find, without registering',
      description: 'Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: {
        body: body(ProjectRequest.omit({ projectName: true }), EXAMPLE),
      },
      responses: {
        200: json(RegistrationCheck),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await checkRegistration(c.var.ctx, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/portfolio',
      summary: 'The projects table with trends and live progress',
      tags,
      security,
      request: { query: ProjectFilter },
      responses: { 200: json(Portfolio), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await getPortfolio(c.var.ctx, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/portfolio/counts',
      summary: 'How many projects there are and how many are being audited',
      tags,
      security,
      request: { query: ProjectFilter.pick({ teamId: true }) },
      responses: {
        200: json(PortfolioCounts),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getPortfolioCounts(c.var.ctx, c.req.valid('query').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/projects/{projectId}',
      summary: 'Rename a project, or make its badge public',
      description: 'Takes the role admin; a token needs the scope write.',
      tags,
      security,
      request: { params: ProjectParams, body: body(ProjectChange, { projectName: 'core' }) },
      responses: {
        200: json(ProjectListItem),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'payload_too_large'),
      },
    }),
    async (c) => c.json(await changeProject(c.var.ctx, c.req.valid('param').projectId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/projects/{projectId}',
      summary: 'Delete a project with its audits, findings and coverage reports',
      description: 'Takes the role admin; a token needs the scope write. The repository itself is not touched.',
      tags,
      security,
      request: { params: ProjectParams },
      responses: {
        204: { description: 'Deleted' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      await deleteProject(c.var.ctx, c.req.valid('param').projectId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/overview',
      summary: 'Everything the project page shows',
      tags,
      security,
      request: { params: ProjectParams },
      responses: {
        200: json(ProjectOverview),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getProjectOverview(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/audit-results',
      summary: 'Results of the eight magics, latest audits and trend',
      tags,
      security,
      request: {
        params: ProjectParams,
        query: z.object({
          limit: z.coerce.number().int().min(1).max(100).default(20).describe('Latest audits'),
          offset: z.coerce.number().int().min(0).max(100_000).default(0).describe('Audits passed over before them'),
        }),
      },
      responses: {
        200: json(AuditResults),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getAuditResults(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/audit/trigger',
      summary: 'Start an audit',
      description:
        'A repeated `Idempotency-Key` answers with the audit of the first call; with another request it is a conflict. A branch that the repository does not have is refused where it can be asked at once; else the audit fails. Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: {
        params: ProjectParams,
        headers: z.object({
          'idempotency-key': z.string().min(1).max(200).optional().describe('Any text of yours, once for each audit'),
        }),
        body: body(ManualAuditRequest, { auditType: 'incremental', priority: 'high' }),
      },
      responses: {
        202: json(AuditTriggerResponse, 'Queued'),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'conflict',
          'payload_too_large',
          'repository_no_such_branch',
        ),
      },
    }),
    async (c) => {
      const idempotencyKey = c.req.valid('header')['idempotency-key'] ?? null;
      const trigger = c.var.ctx.scopes ? 'api' : 'manual';
      const { projectId } = c.req.valid('param');
      return c.json(await requestAudit(c.var.ctx, projectId, c.req.valid('json'), { trigger, idempotencyKey }), 202);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/past-audits',
      summary: 'Judge past commits by the rules of today, one a week',
      description:
        'They run after all other work and fill the trend; findings and gate of the project stay as they are. Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: { params: ProjectParams, body: body(PastAuditsRequest, { weeks: 26 }) },
      responses: {
        202: json(PastAuditsResponse, 'Queued'),
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
    async (c) => {
      const { projectId } = c.req.valid('param');
      return c.json(await requestPastAudits(c.var.ctx, projectId, c.req.valid('json')), 202);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/findings',
      summary: 'Findings of the project, open ones unless `state` says otherwise',
      tags: ['Findings'],
      security,
      request: { params: ProjectParams, query: FindingFilter },
      responses: {
        200: json(FindingPage),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listFindings(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/hotspots',
      summary: 'Where the code is large, tangled and changes often',
      tags,
      security,
      request: { params: ProjectParams },
      responses: { 200: json(Hotspots), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await getHotspots(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/components',
      summary: 'The parts of the repository: size, scores, and how many people know them',
      tags,
      security,
      request: { params: ProjectParams },
      responses: { 200: json(Components), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await getComponents(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/unread-files',
      summary: 'Files that no rule could look into, and why',
      tags,
      security,
      request: { params: ProjectParams },
      responses: {
        200: json(UnreadFiles),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getUnreadFiles(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/dependencies',
      summary: 'What the project is built from, with licences and known vulnerabilities',
      tags,
      security,
      request: { params: ProjectParams, query: DependencyFilter },
      responses: {
        200: json(DependencyPage),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'gone', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listDependencies(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/magics/{magic}',
      summary: 'The sum behind one magic’s score',
      tags: ['Magics'],
      security,
      request: { params: ProjectParams.extend({ magic: MagicKey.describe('One of the eight') }) },
      responses: {
        200: json(MagicDetail),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { projectId, magic } = c.req.valid('param');
      return c.json(await getMagicDetail(c.var.ctx, projectId, magic), 200);
    },
  );

import { createRoute, z } from '@hono/zod-openapi';
import {
  ConfigurationPreview,
  ConfigurationRequest,
  ConfigurationView,
  OverridePreviewRequest,
  OverrideRequest,
  OverrideRestoreRequest,
  OverrideVersionDetail,
  PreviewRequest,
  ProjectConfigurationView,
  RecommendedPolicy,
  RestoreRequest,
  VersionDetail,
  VersionListRequest,
  VersionPage,
} from '@/lib/schemas/configuration';
import {
  getConfiguration,
  getConfigurationVersion,
  listConfigurationVersions,
  restoreConfiguration,
  saveConfiguration,
} from '@/lib/services/configuration';
import { previewConfiguration, previewOverride } from '@/lib/services/configuration-preview';
import {
  getOverrideVersion,
  getProjectConfiguration,
  listOverrideVersions,
  restoreProjectConfiguration,
  saveProjectConfiguration,
} from '@/lib/services/project-configuration';
import { getRecommendedPolicy } from '@/lib/services/recommended-policy';
import { api, body, json, ProjectParams, problems, security, TeamParams } from './api';

const tags = ['Configuration'];
const VersionParams = TeamParams.extend({
  version: z.coerce.number().int().min(1).max(2_147_483_647).describe('From the history'),
});
const OverrideVersionParams = ProjectParams.extend({ version: VersionParams.shape.version });
const REFUSALS = ['unauthenticated', 'forbidden', 'not_found', 'invalid_request'] as const;

export const configuration = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/configuration',
      summary: 'What a team decided about its audits, and all that can be decided',
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(ConfigurationView), ...problems(...REFUSALS) },
    }),
    async (c) => c.json(await getConfiguration(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/teams/{teamId}/configuration',
      summary: 'Replace the configuration of a team',
      description:
        'Takes the role admin; a token needs the scope admin. `version` is the one you have seen: `conflict` tells `currentVersion`, `current`, `changedBy` and `changedAt` when another is current. Takes effect with the next audit.',
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(ConfigurationRequest, {
          version: 3,
          configuration: { strictness: 0.9, focusAreas: ['tdd'] },
          preset: 'startup',
          reason: 'we ship to customers now',
        }),
      },
      responses: { 200: json(ConfigurationView), ...problems(...REFUSALS, 'conflict', 'payload_too_large') },
    }),
    async (c) => c.json(await saveConfiguration(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/configuration/history',
      summary: 'List the versions of a team’s configuration, newest first',
      tags,
      security,
      request: { params: TeamParams, query: VersionListRequest },
      responses: { 200: json(VersionPage), ...problems(...REFUSALS) },
    }),
    async (c) =>
      c.json(await listConfigurationVersions(c.var.ctx, c.req.valid('param').teamId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/configuration/history/{version}',
      summary: 'One version of a team’s configuration and what it changed',
      tags,
      security,
      request: { params: VersionParams },
      responses: { 200: json(VersionDetail), ...problems(...REFUSALS) },
    }),
    async (c) => {
      const { teamId, version } = c.req.valid('param');
      return c.json(await getConfigurationVersion(c.var.ctx, teamId, version), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/configuration/restore',
      summary: 'Make an earlier version current again',
      description: 'Takes the role admin; a token needs the scope admin. It becomes a version of its own.',
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(RestoreRequest, { version: 2, currentVersion: 3, reason: 'too strict for now' }),
      },
      responses: { 200: json(ConfigurationView), ...problems(...REFUSALS, 'conflict', 'payload_too_large') },
    }),
    async (c) => c.json(await restoreConfiguration(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/configuration',
      summary: 'What a project sets for itself, and what holds for it',
      tags,
      security,
      request: { params: ProjectParams },
      responses: { 200: json(ProjectConfigurationView), ...problems(...REFUSALS) },
    }),
    async (c) => c.json(await getProjectConfiguration(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/projects/{projectId}/configuration',
      summary: 'Set for a project what its team allows',
      description:
        'Takes the role admin; a token needs the scope admin. `override` holds sections that the team’s `overrides` names; `{}` takes all back. `version` and `teamVersion` are those you have seen: `conflict` tells what is current when either is another.',
      tags,
      security,
      request: {
        params: ProjectParams,
        body: body(OverrideRequest, {
          version: 0,
          teamVersion: 3,
          override: { strictness: 0.7 },
          reason: 'a prototype',
        }),
      },
      responses: { 200: json(ProjectConfigurationView), ...problems(...REFUSALS, 'conflict', 'payload_too_large') },
    }),
    async (c) =>
      c.json(await saveProjectConfiguration(c.var.ctx, c.req.valid('param').projectId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/configuration/history',
      summary: 'List the versions of what a project sets for itself, newest first',
      tags,
      security,
      request: { params: ProjectParams, query: VersionListRequest },
      responses: { 200: json(VersionPage), ...problems(...REFUSALS) },
    }),
    async (c) =>
      c.json(await listOverrideVersions(c.var.ctx, c.req.valid('param').projectId, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/configuration/history/{version}',
      summary: 'One version of what a project sets for itself, and what it changed',
      tags,
      security,
      request: { params: OverrideVersionParams },
      responses: { 200: json(OverrideVersionDetail), ...problems(...REFUSALS) },
    }),
    async (c) => {
      const { projectId, version } = c.req.valid('param');
      return c.json(await getOverrideVersion(c.var.ctx, projectId, version), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/configuration/restore',
      summary: 'Make an earlier version of what a project sets for itself current again',
      description:
        'Takes the role admin; a token needs the scope admin. It becomes a version of its own. `invalid_request` names what the team does not allow any more.',
      tags,
      security,
      request: {
        params: ProjectParams,
        body: body(OverrideRestoreRequest, {
          version: 1,
          currentVersion: 2,
          teamVersion: 3,
          reason: 'no prototype any more',
        }),
      },
      responses: { 200: json(ProjectConfigurationView), ...problems(...REFUSALS, 'conflict', 'payload_too_large') },
    }),
    async (c) =>
      c.json(await restoreProjectConfiguration(c.var.ctx, c.req.valid('param').projectId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/configuration/preview',
      summary: 'What the newest audits would have said under another configuration',
      description:
        'Takes the role admin; a token needs the scope admin. Saves nothing. Told from what audits kept, without reading repositories; rules that only an audit can ask are in `needAudit`.',
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(PreviewRequest, { configuration: { strictness: 0.9, focusAreas: ['tdd'] } }),
      },
      responses: {
        200: json(ConfigurationPreview),
        ...problems(...REFUSALS, 'payload_too_large', 'overloaded'),
      },
    }),
    async (c) => {
      const { signal } = c.req.raw;
      return c.json(
        await previewConfiguration(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json'), signal),
        200,
      );
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/configuration/preview',
      summary: 'What the newest audit of a project would have said with other settings of its own',
      description: 'Takes the role admin; a token needs the scope admin. Saves nothing.',
      tags,
      security,
      request: { params: ProjectParams, body: body(OverridePreviewRequest, { override: {} }) },
      responses: {
        200: json(ConfigurationPreview),
        ...problems(...REFUSALS, 'payload_too_large', 'overloaded'),
      },
    }),
    async (c) => {
      const { signal } = c.req.raw;
      return c.json(await previewOverride(c.var.ctx, c.req.valid('param').projectId, c.req.valid('json'), signal), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/recommended-policy',
      summary: 'A policy that suits what the newest audit found, with the reason for each choice',
      tags,
      security,
      request: { params: ProjectParams },
      responses: { 200: json(RecommendedPolicy), ...problems(...REFUSALS) },
    }),
    async (c) => c.json(await getRecommendedPolicy(c.var.ctx, c.req.valid('param').projectId), 200),
  );

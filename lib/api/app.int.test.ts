import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role, Scope } from '@/lib/auth/permissions';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { closeDb, db } from '@/lib/db/client';
import type { DependencyMap } from '@/lib/magics/maps/dependency-map';
import { closePublisher } from '@/lib/realtime/publish';
import type { ProjectCreated } from '@/lib/schemas/projects';
import { packMap } from '@/lib/services/audit-maps';
import { setJobAside } from '@/lib/services/failed-jobs';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { magicResult, storeResult } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { type FakeGitHub, startFakeGitHub } from '@/tests/support/providers/fake-github';
import {
  type SpareAccess,
  type SpareChannel,
  spareAccess,
  spareChannel,
  spareConnection,
  spareDelivery,
  spareShareLink,
} from '@/tests/support/spare-access';
import { apiDocument, app } from './app';

type Asker = 'anonymous' | 'otherTeam' | 'viewer' | 'member' | 'admin' | 'owner';
const ASKERS: Asker[] = ['anonymous', 'otherTeam', 'viewer', 'member', 'admin', 'owner'];

let database: TestDatabase;
let repository: LocalRepository;
const tokens = {} as Record<Asker, string>;
let project: ProjectCreated;
let findingId: string;
/** Of the finding: what a member changed and wrote. */
let changeId: string;
let commentId: string;
let teamId: string;
/** Named and deleted by who may. */
let spareId: string;
let sshProjectId: string;
let access: SpareAccess & { shareLinkId?: string };
let channel: SpareChannel;
let deliveryId: string;
/** Of a team that its owner deletes. */
const goingTokens = {} as Record<Asker, string>;
let goingTeamId: string;
/** Given up by the installation, which the team owns. */
let failedJobId: string;
let github: FakeGitHub;
let connectionId: string;
const HOST_TOKEN = 'ghp_of_the_matrix';

/** Lets projects say whether their badge is public. */
const configurationRequest = { version: 0, configuration: { overrides: ['strictness'] }, reason: 'prototypes differ' };

/** Status each asker gets, in the order of ASKERS. Writes run last so that reads see one state. */
const MATRIX: Record<
  string,
  { path: () => string; body?: unknown | (() => unknown); expected: number[]; tokens?: Record<Asker, string> }
> = {
  'GET /api/v1/health/live': { path: () => '/health/live', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/health/ready': { path: () => '/health/ready', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/health/metrics': { path: () => '/health/metrics', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/metrics': { path: () => '/metrics', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/scaling/{kind}': { path: () => '/scaling/judge', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/scaling': { path: () => '/scaling', expected: [401, 404, 403, 403, 403, 200] },
  'GET /api/v1/scaling/{kind}/outlook': {
    path: () => '/scaling/collect/outlook',
    expected: [401, 404, 403, 403, 403, 200],
  },
  'GET /api/v1/cluster': { path: () => '/cluster', expected: [401, 404, 403, 403, 403, 200] },
  'POST /api/v1/cluster/configuration/check': {
    path: () => '/cluster/configuration/check',
    body: { text: 'name: 7\n' },
    expected: [401, 404, 403, 403, 403, 200],
  },
  'PUT /api/v1/cluster/configuration': {
    path: () => '/cluster/configuration',
    body: { version: 0, text: 'name: elder\n' },
    expected: [401, 404, 403, 403, 403, 200],
  },
  'GET /api/v1/cluster/manifests': { path: () => '/cluster/manifests', expected: [401, 404, 403, 403, 403, 200] },
  'POST /api/v1/cluster/runs': {
    path: () => '/cluster/runs',
    body: { verb: 'validate' },
    expected: [401, 404, 403, 403, 403, 202],
  },
  'GET /api/v1/cluster/runs/{runId}': {
    path: () => `/cluster/runs/${randomUUID()}`,
    expected: [401, 404, 403, 403, 403, 404],
  },
  'POST /api/v1/cluster/runs/{runId}/stop': {
    path: () => `/cluster/runs/${randomUUID()}/stop`,
    expected: [401, 404, 403, 403, 403, 404],
  },
  'PUT /api/v1/scaling/{kind}': {
    path: () => '/scaling/deliver',
    body: { version: 0, settings: { strategy: 'predictive' } },
    expected: [401, 404, 403, 403, 403, 200],
  },
  'GET /api/v1/magics': { path: () => '/magics', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/evidence/keys': { path: () => '/evidence/keys', expected: [200, 200, 200, 200, 200, 200] },
  'GET /api/v1/projects/{projectId}/badge.svg': {
    path: () => `/projects/${project.projectId}/badge.svg`,
    expected: [200, 200, 200, 200, 200, 200],
  },
  'GET /api/v1/me': { path: () => '/me', expected: [401, 200, 200, 200, 200, 200] },
  'PATCH /api/v1/me': { path: () => '/me', body: { language: 'ja' }, expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/projects': { path: () => '/projects', expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/portfolio': { path: () => '/portfolio', expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/portfolio/counts': { path: () => '/portfolio/counts', expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/projects/{projectId}/overview': {
    path: () => `/projects/${project.projectId}/overview`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/audit-results': {
    path: () => `/projects/${project.projectId}/audit-results`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/findings': {
    path: () => `/projects/${project.projectId}/findings`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/magics/{magic}': {
    path: () => `/projects/${project.projectId}/magics/integrity`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/hotspots': {
    path: () => `/projects/${project.projectId}/hotspots`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/components': {
    path: () => `/projects/${project.projectId}/components`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/unread-files': {
    path: () => `/projects/${project.projectId}/unread-files`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/dependencies': {
    path: () => `/projects/${project.projectId}/dependencies`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  // Nobody signs in here: what is sent is signed.
  'POST /api/v1/webhooks/github': { path: () => '/webhooks/github', expected: [401, 401, 401, 401, 401, 401] },
  'POST /api/v1/webhooks/{provider}/{webhookId}': {
    path: () => `/webhooks/github/${project.projectId}`,
    expected: [401, 401, 401, 401, 401, 401],
  },
  'GET /api/v1/projects/{projectId}/webhook': {
    path: () => `/projects/${project.projectId}/webhook`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/projects/{projectId}/webhook/rotate': {
    path: () => `/projects/${project.projectId}/webhook/rotate`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/deliveries': {
    path: () => `/projects/${project.projectId}/deliveries`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/deliveries/{deliveryId}': {
    path: () => `/projects/${project.projectId}/deliveries/${deliveryId}`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/projects/{projectId}/deliveries/{deliveryId}/replay': {
    path: () => `/projects/${project.projectId}/deliveries/${deliveryId}/replay`,
    expected: [401, 404, 403, 403, 202, 202],
  },
  'GET /api/v1/teams/{teamId}/audit-log': {
    path: () => `/teams/${teamId}/audit-log`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/audit-log/actions': {
    path: () => `/teams/${teamId}/audit-log/actions`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/audit-log/check': {
    path: () => `/teams/${teamId}/audit-log/check`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/configuration': {
    path: () => `/teams/${teamId}/configuration`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'PUT /api/v1/teams/{teamId}/configuration': {
    path: () => `/teams/${teamId}/configuration`,
    body: configurationRequest,
    expected: [401, 404, 403, 403, 200, 409],
  },
  'GET /api/v1/teams/{teamId}/configuration/history': {
    path: () => `/teams/${teamId}/configuration/history`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/configuration/history/{version}': {
    path: () => `/teams/${teamId}/configuration/history/1`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/configuration/restore': {
    path: () => `/teams/${teamId}/configuration/restore`,
    body: { version: 1, currentVersion: 1, reason: 'as it was' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/configuration/preview': {
    path: () => `/teams/${teamId}/configuration/preview`,
    body: { configuration: {} },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/projects/{projectId}/configuration/preview': {
    path: () => `/projects/${project.projectId}/configuration/preview`,
    body: { override: {} },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/recommended-policy': {
    path: () => `/projects/${project.projectId}/recommended-policy`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/configuration': {
    path: () => `/projects/${project.projectId}/configuration`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'PUT /api/v1/projects/{projectId}/configuration': {
    path: () => `/projects/${project.projectId}/configuration`,
    body: { version: 0, teamVersion: 1, override: { strictness: 0.5 }, reason: 'a prototype' },
    expected: [401, 404, 403, 403, 200, 409],
  },
  'POST /api/v1/projects/{projectId}/configuration/restore': {
    path: () => `/projects/${project.projectId}/configuration/restore`,
    body: { version: 1, currentVersion: 1, teamVersion: 1, reason: 'as it was' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/configuration/history': {
    path: () => `/projects/${project.projectId}/configuration/history`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/configuration/history/{version}': {
    path: () => `/projects/${project.projectId}/configuration/history/1`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/audits': { path: () => '/audits', expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/audits/{auditId}': {
    path: () => `/audits/${project.auditId}`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/audits/{auditId}/findings': {
    path: () => `/audits/${project.auditId}/findings`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/audits/{auditId}/compare/{otherAuditId}': {
    path: () => `/audits/${project.auditId}/compare/${project.auditId}`,
    expected: [401, 404, 422, 422, 422, 422],
  },
  'GET /api/v1/audits/{auditId}/suppressions': {
    path: () => `/audits/${project.auditId}/suppressions`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  // It waits; logs are of audits that ended.
  'GET /api/v1/audits/{auditId}/sarif': {
    path: () => `/audits/${project.auditId}/sarif`,
    expected: [401, 404, 409, 409, 409, 409],
  },
  'GET /api/v1/audits/{auditId}/sbom': {
    path: () => `/audits/${project.auditId}/sbom`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  // It waits; exports are of audits that ended.
  'GET /api/v1/audits/{auditId}/export': {
    path: () => `/audits/${project.auditId}/export?format=html`,
    expected: [401, 404, 409, 409, 409, 409],
  },
  'GET /api/v1/audits/{auditId}/evidence': {
    path: () => `/audits/${project.auditId}/evidence`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/projects/{projectId}/evidence': {
    path: () => `/projects/${project.projectId}/evidence`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/findings/{findingId}': {
    path: () => `/findings/${findingId}`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/findings/{findingId}/code': {
    path: () => `/findings/${findingId}/code`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/findings/{findingId}/patch': {
    path: () => `/findings/${findingId}/patch`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'POST /api/v1/projects/check': {
    path: () => '/projects/check',
    body: { repositoryUrl: 'file:///' },
    expected: [401, 200, 403, 200, 200, 200],
  },
  'POST /api/v1/projects': {
    path: () => '/projects',
    body: { repositoryUrl: '-u' },
    expected: [401, 422, 403, 422, 422, 422],
  },
  'PATCH /api/v1/projects/{projectId}': {
    path: () => `/projects/${spareId}`,
    body: { projectName: 'Spare' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'DELETE /api/v1/projects/{projectId}': {
    path: () => `/projects/${spareId}`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'POST /api/v1/projects/{projectId}/audit/trigger': {
    path: () => `/projects/${project.projectId}/audit/trigger`,
    body: { auditType: 'full' },
    expected: [401, 404, 403, 202, 202, 202],
  },
  'POST /api/v1/projects/{projectId}/past-audits': {
    path: () => `/projects/${project.projectId}/past-audits`,
    body: { weeks: 4 },
    expected: [401, 404, 403, 422, 422, 422],
  },
  'PUT /api/v1/projects/{projectId}/coverage': {
    path: () => `/projects/${project.projectId}/coverage?commit=${'a'.repeat(40)}`,
    body: { not: 'a report' },
    expected: [401, 404, 403, 422, 422, 422],
  },
  'GET /api/v1/audits/{auditId}/share-links': {
    path: () => `/audits/${project.auditId}/share-links`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/audits/{auditId}/share-links': {
    path: () => `/audits/${project.auditId}/share-links`,
    body: { expiresInDays: 7, includeCode: false },
    expected: [401, 404, 403, 422, 422, 422],
  },
  'DELETE /api/v1/audits/{auditId}/share-links/{shareLinkId}': {
    path: () => `/audits/${project.auditId}/share-links/${access.shareLinkId}`,
    expected: [401, 404, 403, 204, 404, 404],
  },
  'POST /api/v1/projects/{projectId}/imports': {
    path: () => `/projects/${project.projectId}/imports?commit=${'a'.repeat(40)}`,
    body: { not: 'a report' },
    expected: [401, 404, 403, 422, 422, 422],
  },
  'GET /api/v1/projects/{projectId}/imports': {
    path: () => `/projects/${project.projectId}/imports`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'POST /api/v1/audits/{auditId}/cancel': {
    path: () => `/audits/${project.auditId}/cancel`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'GET /api/v1/inbox/counts': { path: () => '/inbox/counts', expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/inbox': { path: () => '/inbox', expected: [401, 200, 200, 200, 200, 200] },
  'GET /api/v1/projects/{projectId}/assignees': {
    path: () => `/projects/${project.projectId}/assignees`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/findings/{findingId}/origin': {
    path: () => `/findings/${findingId}/origin`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/findings/{findingId}/history': {
    path: () => `/findings/${findingId}/history`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/findings/{findingId}/comments': {
    path: () => `/findings/${findingId}/comments`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'PATCH /api/v1/findings/{findingId}': {
    path: () => `/findings/${findingId}`,
    body: { verdict: 'accepted', reason: 'agreed' },
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/findings/bulk': {
    path: () => '/findings/bulk',
    body: () => ({ findingIds: [findingId], verdict: 'wont_fix', reason: 'agreed' }),
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/findings/undo': {
    path: () => '/findings/undo',
    body: () => ({ changeId }),
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/projects/{projectId}/baseline': {
    path: () => `/projects/${project.projectId}/baseline`,
    body: { reason: 'adopted as it was' },
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/findings/{findingId}/comments': {
    path: () => `/findings/${findingId}/comments`,
    body: { text: 'Looks right.' },
    expected: [401, 404, 403, 201, 201, 201],
  },
  'PATCH /api/v1/findings/{findingId}/comments/{commentId}': {
    path: () => `/findings/${findingId}/comments/${commentId}`,
    body: { text: 'Looks wrong.' },
    expected: [401, 404, 403, 200, 403, 403],
  },
  'DELETE /api/v1/findings/{findingId}/comments/{commentId}': {
    path: () => `/findings/${findingId}/comments/${commentId}`,
    expected: [401, 404, 403, 204, 404, 404],
  },
  'POST /api/v1/setup': {
    path: () => '/setup',
    body: { token: 'not-the-link', email: 'a@example.org', name: 'A', teamName: 'A', password: 'long enough' },
    expected: [410, 410, 410, 410, 410, 410],
  },
  'GET /api/v1/teams': { path: () => '/teams', expected: [401, 200, 200, 200, 200, 200] },
  'POST /api/v1/teams': {
    path: () => '/teams',
    body: { teamName: 'More' },
    expected: [401, 403, 403, 403, 403, 403],
  },
  'PATCH /api/v1/teams/{teamId}': {
    path: () => `/teams/${teamId}`,
    body: { teamName: 'Own' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/magics': {
    path: () => `/teams/${teamId}/magics`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/members': {
    path: () => `/teams/${teamId}/members`,
    expected: [401, 404, 200, 200, 200, 200],
  },
  'PATCH /api/v1/teams/{teamId}/members/{userId}': {
    path: () => `/teams/${teamId}/members/${access.memberId}`,
    body: { role: 'member' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'DELETE /api/v1/teams/{teamId}/members/{userId}': {
    path: () => `/teams/${teamId}/members/${access.leaverId}`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'POST /api/v1/teams/{teamId}/members/{userId}/password-reset': {
    path: () => `/teams/${teamId}/members/${access.memberId}/password-reset`,
    expected: [401, 404, 403, 403, 403, 201],
  },
  'POST /api/v1/teams/{teamId}/service-accounts': {
    path: () => `/teams/${teamId}/service-accounts`,
    body: { name: 'Pipeline', role: 'viewer' },
    expected: [401, 404, 403, 403, 201, 201],
  },
  'POST /api/v1/teams/{teamId}/own-rules/test': {
    path: () => `/teams/${teamId}/own-rules/test`,
    body: {
      rule: {
        id: 'own/no-env',
        kind: 'path',
        severity: 'low',
        title: { en: 'x' },
        why: { en: 'x' },
        fix: { en: 'x' },
        demand: 'absent',
        paths: { include: ['.env'] },
      },
    },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/invitations': {
    path: () => `/teams/${teamId}/invitations`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/invitations': {
    path: () => `/teams/${teamId}/invitations`,
    body: { email: 'kai@example.org', role: 'viewer' },
    expected: [401, 404, 403, 403, 201, 201],
  },
  'DELETE /api/v1/teams/{teamId}/invitations/{invitationId}': {
    path: () => `/teams/${teamId}/invitations/${access.invitationId}`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'GET /api/v1/teams/{teamId}/tokens': {
    path: () => `/teams/${teamId}/tokens`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/tokens': {
    path: () => `/teams/${teamId}/tokens`,
    body: { name: 'Pipeline', scopes: ['read'], expiresInDays: 1 },
    expected: [401, 404, 403, 403, 201, 201],
  },
  'GET /api/v1/teams/{teamId}/connections': {
    path: () => `/teams/${teamId}/connections`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/connections': {
    path: () => `/teams/${teamId}/connections`,
    body: () => ({ provider: 'github', baseUrl: github.url, token: HOST_TOKEN }),
    expected: [401, 404, 403, 403, 201, 201],
  },
  'GET /api/v1/teams/{teamId}/connections/{connectionId}': {
    path: () => `/teams/${teamId}/connections/${connectionId}`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'PATCH /api/v1/teams/{teamId}/connections/{connectionId}': {
    path: () => `/teams/${teamId}/connections/${connectionId}`,
    body: { name: 'Of the shop' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/connections/{connectionId}/check': {
    path: () => `/teams/${teamId}/connections/${connectionId}/check`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/connections/{connectionId}/owners': {
    path: () => `/teams/${teamId}/connections/${connectionId}/owners`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/connections/{connectionId}/owners/{owner}/repositories': {
    path: () => `/teams/${teamId}/connections/${connectionId}/owners/acme/repositories`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/projects/import': {
    path: () => `/teams/${teamId}/projects/import`,
    body: () => ({ connectionId, repositories: ['acme/none'] }),
    expected: [401, 404, 403, 200, 200, 200],
  },
  'PUT /api/v1/teams/{teamId}/projects/file': {
    path: () => `/teams/${teamId}/projects/file`,
    body: { file: 'projects: []', dryRun: true },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'DELETE /api/v1/teams/{teamId}/connections/{connectionId}': {
    path: () => `/teams/${teamId}/connections/${connectionId}`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'DELETE /api/v1/teams/{teamId}/tokens/{tokenId}': {
    path: () => `/teams/${teamId}/tokens/${access.tokenId}`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'GET /api/v1/projects/{projectId}/deploy-key': {
    path: () => `/projects/${sshProjectId}/deploy-key`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/projects/{projectId}/deploy-key': {
    path: () => `/projects/${sshProjectId}/deploy-key`,
    expected: [401, 404, 403, 403, 201, 201],
  },
  'DELETE /api/v1/projects/{projectId}/deploy-key': {
    path: () => `/projects/${sshProjectId}/deploy-key`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'POST /api/v1/teams/{teamId}/ssh-keys': {
    path: () => `/teams/${teamId}/ssh-keys`,
    expected: [401, 404, 403, 201, 201, 201],
  },
  'GET /api/v1/teams/{teamId}/host-keys': {
    path: () => `/teams/${teamId}/host-keys`,
    expected: [401, 404, 403, 200, 200, 200],
  },
  'PUT /api/v1/teams/{teamId}/host-keys/{host}': {
    path: () => `/teams/${teamId}/host-keys/git.example.com`,
    body: { fingerprints: ['SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU'] },
    expected: [401, 404, 403, 403, 200, 409],
  },
  'GET /api/v1/teams/{teamId}/channels': {
    path: () => `/teams/${teamId}/channels`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/channels': {
    path: () => `/teams/${teamId}/channels`,
    body: { kind: 'slack', name: 'Builds', address: 'https://hooks.slack.com/services/T0/B0/x' },
    expected: [401, 404, 403, 403, 201, 201],
  },
  'GET /api/v1/teams/{teamId}/channels/{channelId}': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'PATCH /api/v1/teams/{teamId}/channels/{channelId}': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}`,
    body: { frequency: 'normal' },
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/channels/{channelId}/test': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}/test`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/channels/{channelId}/rotate': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}/rotate`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'GET /api/v1/teams/{teamId}/channels/{channelId}/deliveries': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}/deliveries`,
    expected: [401, 404, 403, 403, 200, 200],
  },
  'POST /api/v1/teams/{teamId}/channels/{channelId}/deliveries/{deliveryId}/replay': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}/deliveries/${channel.deliveryId}/replay`,
    expected: [401, 404, 403, 403, 202, 202],
  },
  'DELETE /api/v1/teams/{teamId}/channels/{channelId}': {
    path: () => `/teams/${teamId}/channels/${channel.channelId}`,
    expected: [401, 404, 403, 403, 204, 404],
  },
  'GET /api/v1/mail-channels/{token}': {
    path: () => '/mail-channels/not-the-link',
    expected: [410, 410, 410, 410, 410, 410],
  },
  'POST /api/v1/mail-channels/{token}': {
    path: () => '/mail-channels/not-the-link',
    body: { wants: true },
    expected: [410, 410, 410, 410, 410, 410],
  },
  'GET /api/v1/operations': { path: () => '/operations', expected: [401, 404, 403, 403, 403, 200] },
  'POST /api/v1/operations/jobs/{jobId}/retry': {
    path: () => `/operations/jobs/${failedJobId}/retry`,
    expected: [401, 404, 403, 403, 403, 202],
  },
  'DELETE /api/v1/teams/{teamId}': {
    path: () => `/teams/${goingTeamId}`,
    expected: [401, 404, 403, 403, 403, 204],
    tokens: goingTokens,
  },
  'GET /api/v1/invitations/{token}': {
    path: () => '/invitations/not-the-link',
    expected: [410, 410, 410, 410, 410, 410],
  },
  'POST /api/v1/invitations/{token}/accept': {
    path: () => '/invitations/not-the-link/accept',
    expected: [401, 403, 403, 403, 403, 403],
  },
  'POST /api/v1/invitations/{token}/sign-up': {
    path: () => '/invitations/not-the-link/sign-up',
    body: { name: 'Kai', password: 'long enough' },
    expected: [410, 410, 410, 410, 410, 410],
  },
  'POST /api/v1/password-resets': {
    path: () => '/password-resets',
    body: { email: 'nobody@example.org' },
    expected: [202, 202, 202, 202, 202, 202],
  },
  'GET /api/v1/password-resets/{token}': {
    path: () => '/password-resets/not-the-link',
    expected: [410, 410, 410, 410, 410, 410],
  },
  'POST /api/v1/password-resets/{token}': {
    path: () => '/password-resets/not-the-link',
    body: { password: 'long enough' },
    expected: [410, 410, 410, 410, 410, 410],
  },
  'GET /api/v1/me/sessions': { path: () => '/me/sessions', expected: [401, 200, 200, 200, 200, 200] },
  'DELETE /api/v1/me/sessions/{sessionId}': {
    path: () => `/me/sessions/${access.tokenId}`,
    expected: [401, 404, 404, 404, 404, 404],
  },
  'GET /api/v1/me/identities': { path: () => '/me/identities', expected: [401, 403, 403, 403, 403, 403] },
  'DELETE /api/v1/me/identities/{identityId}': {
    path: () => `/me/identities/${access.tokenId}`,
    expected: [401, 403, 403, 403, 403, 403],
  },
  'POST /api/v1/me/password': {
    path: () => '/me/password',
    body: { currentPassword: 'long enough', newPassword: 'longer than before' },
    expected: [401, 403, 403, 403, 403, 403],
  },
  'POST /api/v1/me/end-other-sessions': {
    path: () => '/me/end-other-sessions',
    expected: [401, 204, 204, 204, 204, 204],
  },
  'POST /api/v1/me/end-sessions': { path: () => '/me/end-sessions', expected: [401, 204, 204, 204, 204, 204] },
};

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({ files: { 'src/pay.ts': 'open();\n// TODO: charge the card\n' } });
  const team = await db().team.create({ data: { name: 'Own' } });
  teamId = team.id;
  const other = await db().team.create({ data: { name: 'Other' } });
  for (const role of ['viewer', 'member', 'admin', 'owner'] as const) tokens[role] = await person(team.id, role);
  tokens.otherTeam = await person(other.id, 'owner');
  access = await spareAccess(team.id);
  channel = await spareChannel(team.id);
  ({ id: goingTeamId } = await db().team.create({ data: { name: 'Going' } }));
  for (const role of ['viewer', 'member', 'admin', 'owner'] as const) {
    goingTokens[role] = await person(goingTeamId, role);
  }
  goingTokens.otherTeam = tokens.otherTeam;
  const answer = await call('POST', '/projects', tokens.member, { repositoryUrl: repository.path });
  expect(answer.status).toBe(201);
  project = await answer.json();
  await db().instance.updateMany({ data: { ownerTeamId: team.id } });
  const payload = { projectId: project.projectId };
  const givenUp = { name: 'webhook.set-up', payload, errorCode: 'timeout', tries: 8, worker: 'w' };
  await setJobAside(db(), givenUp);
  ({ id: failedJobId } = await db().failedJob.findFirstOrThrow({}));
  github = await startFakeGitHub();
  github.organisations.acme = ['octocat'];
  github.addToken(HOST_TOKEN);
  connectionId = await spareConnection(team.id, { baseUrl: github.url, token: HOST_TOKEN });
  access.shareLinkId = await spareShareLink(project, access.memberId);
  deliveryId = await spareDelivery(project.projectId);
  findingId = await plantFinding();
  const assigned = { verdict: 'false_positive', reason: 'planted' };
  ({ changeId } = await (await call('PATCH', `/findings/${findingId}`, tokens.member, assigned)).json());
  const written = await call('POST', `/findings/${findingId}/comments`, tokens.member, { text: 'Is it?' });
  ({ commentId } = await written.json());
  const spare = { teamId: team.id, name: 'Spare', repositoryUrl: '/nowhere', canonicalKey: '/nowhere', branch: 'main' };
  ({ id: spareId } = await db().project.create({ data: spare }));
  const overSsh = { repositoryUrl: 'ssh://git@git.example.com/a/b', canonicalKey: 'git.example.com/a/b' };
  ({ id: sshProjectId } = await db().project.create({ data: { ...spare, ...overSsh, name: 'Over ssh' } }));
  const offeredKeys = ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'];
  await db().sshHost.create({ data: { teamId, host: 'git.example.com', offeredKeys, seenAt: new Date() } });
  await db().project.update({ where: { id: project.projectId }, data: { publicBadge: true } });
  await storeResult(project.auditId, magicResult('integrity'));
  await db().audit.update({ where: { id: project.auditId }, data: { commitId: repository.head } });
  const none = { now: 0, files: [], rows: [], lockFiles: [], unlocked: [], advisories: null } satisfies DependencyMap;
  await db().auditMap.create({ data: { auditId: project.auditId, ...(await packMap('dependencies', none)) } });
  await db().evidenceKey.create({ data: { id: 'key', publicKey: 'PEM' } });
  const { projectId, auditId } = project;
  const signed = { sequence: 1, keyId: 'key', hash: 'a'.repeat(64), envelope: '{}' };
  await db().auditEvidence.create({ data: { projectId, auditId, ...signed } });
});

afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

describe('who may call what', () => {
  test('every route of the document has its line in the table', () => {
    const routes = Object.entries(apiDocument().paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(Object.keys(MATRIX).sort()).toEqual(routes.sort());
  });

  describe.each(Object.entries(MATRIX))('%s', (route, { path, body, expected, tokens: own = tokens }) => {
    test.each(ASKERS.map((asker, index) => [asker, expected[index]] as const))(
      'answers %s with %i',
      async (asker, status) => {
        const method = route.slice(0, route.indexOf(' '));

        const sent: unknown = typeof body === 'function' ? body() : body;
        const answer = await call(method, path(), asker === 'anonymous' ? null : own[asker], sent);

        expect([answer.status, answer.status >= 400 ? await answer.clone().json() : null]).toEqual([
          status,
          answer.status >= 400 ? expect.objectContaining({ status, code: expect.any(String) }) : null,
        ]);
      },
    );
  });
});

describe('lists', () => {
  test('another team sees nothing of a project, in no list and under no filter', async () => {
    for (const path of ['/projects', '/portfolio', '/audits', '/projects?search=sketch', '/projects?sort=name']) {
      const text = await (await call('GET', path, tokens.otherTeam)).text();

      expect(text).not.toContain(project.projectId);
    }
  });

  test('a filter by a team one is not in is not found', async () => {
    const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });

    expect((await call('GET', `/projects?teamId=${teamId}`, tokens.otherTeam)).status).toBe(404);
  });

  test('the list of projects holds the fields that were promised', async () => {
    const { items, nextCursor } = await (await call('GET', '/projects', tokens.viewer)).json();

    expect(items.filter(({ projectName }: { projectName: string }) => projectName !== 'Over ssh')).toEqual([
      {
        projectId: project.projectId,
        projectName: expect.any(String),
        repositoryUrl: repository.path,
        lastAuditTime: null,
        overallHealthScore: null,
        status: expect.any(String),
        teamName: 'Own',
      },
    ]);
    expect(nextCursor).toBeNull();
  });

  test.each(['name', 'health', 'last_audit'])('pages sorted by %s hold every project once', async (sort) => {
    const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${sort}-${name}`);
    await db().project.createMany({
      data: names.map((name) => ({
        teamId,
        name,
        repositoryUrl: `https://example.org/${name}`,
        canonicalKey: name,
        branch: 'main',
      })),
    });

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const next: string = cursor ? `&cursor=${cursor}` : '';
      const page: { items: { projectName: string }[]; nextCursor: string | null } = await (
        await call('GET', `/projects?search=${sort}-&sort=${sort}&limit=2${next}`, tokens.viewer)
      ).json();
      seen.push(...page.items.map(({ projectName }) => projectName));
      cursor = page.nextCursor;
    } while (cursor);

    expect(seen.sort()).toEqual(names);
  });
});

describe('bad input', () => {
  test('a second registration of the same repository names the first', async () => {
    const answer = await call('POST', '/projects', tokens.member, { repositoryUrl: `${repository.path}/` });

    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'conflict', projectId: project.projectId });
  });

  test.each([
    ['ext::sh', 'repository_protocol_refused'],
    ['https://user:secret@example.org/a/b', 'unprocessable'],
    ['/nowhere/at/all', 'repository_not_found'],
  ])('%s is refused with %s, and the refusal is written down without a secret', async (repositoryUrl, code) => {
    const answer = await call('POST', '/projects', tokens.member, { repositoryUrl });

    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code });
    const entry = await db().auditLogEntry.findFirstOrThrow({
      where: { action: 'project.refused' },
      orderBy: { id: 'desc' },
    });
    expect(text + JSON.stringify(entry.target)).not.toContain('secret');
  });

  test('a missing branch is told by name', async () => {
    const answer = await call('POST', '/projects/check', tokens.member, {
      repositoryUrl: repository.path,
      branch: 'nope',
    });

    expect((await answer.json()).checks).toContainEqual({
      id: 'branch',
      outcome: 'failed',
      detail: { id: 'repository_no_such_branch', data: {} },
    });
  });

  test('a field of the wrong kind is named', async () => {
    const answer = await call('POST', '/projects', tokens.member, { repositoryUrl: 7 });

    expect(answer.status).toBe(400);
    expect((await answer.json()).fields).toEqual([expect.objectContaining({ field: 'repositoryUrl' })]);
  });

  test('a body that is no JSON is invalid, not an internal error', async () => {
    const headers = { authorization: `Bearer ${tokens.member}`, 'content-type': 'application/json' };

    const answer = await app.request('/api/v1/projects', { method: 'POST', headers, body: '{' });

    expect(answer.status).toBe(400);
  });

  test('a body beyond the limit is refused before it is read', async () => {
    const answer = await call('POST', '/projects', tokens.member, { repositoryUrl: 'x'.repeat(2_000_000) });

    expect(answer.status).toBe(413);
  });

  test.each([
    ['/projects', ['x', 'y']],
    ['/portfolio', ['\u0000', '0193a0de-0000-7000-8000-000000000001']],
    ['/audits', ['never', '0193a0de-0000-7000-8000-000000000001']],
    ['/audits', ['2026-01-01T00:00:00Z', 7]],
    ['/findings', ['high', 'rule', 'id']],
    ['/audit-findings', [-1]],
    ['/audit-findings', ['1 or 1=1']],
    ['/dependencies', ['npm', -1]],
  ])('a forged cursor of %s is invalid: %j', async (list, place) => {
    const paths: Record<string, string> = {
      '/findings': `/projects/${project.projectId}/findings`,
      '/dependencies': `/projects/${project.projectId}/dependencies`,
      '/audit-findings': `/audits/${project.auditId}/findings`,
    };
    const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');

    const answer = await call('GET', `${paths[list] ?? list}?cursor=${cursor}`, tokens.viewer);

    expect(answer.status).toBe(400);
  });

  test('a search takes wildcards of the database as text, and no control character', async () => {
    for (const path of ['/projects', `/projects/${project.projectId}/findings`]) {
      expect((await call('GET', `${path}?search=%25_%5C`, tokens.viewer)).status).toBe(200);
      expect((await call('GET', `${path}?search=%00`, tokens.viewer)).status).toBe(400);
    }
  });

  test('an id that is none is invalid', async () => {
    expect((await call('GET', '/audits/1%27%20or%201=1', tokens.member)).status).toBe(400);
  });
});

test('a bill of materials whose place a newer audit has taken is gone', async () => {
  const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });
  const own = { teamId, name: 'Replaced', repositoryUrl: '/replaced', canonicalKey: '/replaced', branch: 'main' };
  const { id: projectId } = await db().project.create({ data: own });
  const audited = { projectId, status: 'completed', kind: 'full', trigger: 'manual', branch: 'main' } as const;
  const said = { commitId: repository.head, enabledMagics: [], policy: {} };
  const older = await db().audit.create({ data: { ...audited, ...said, number: 1 } });
  const newer = await db().audit.create({ data: { ...audited, ...said, number: 2 } });
  const none = { now: 0, files: [], rows: [], lockFiles: [], unlocked: [], advisories: null } satisfies DependencyMap;
  await db().auditMap.create({ data: { auditId: newer.id, ...(await packMap('dependencies', none)) } });

  const replaced = await call('GET', `/audits/${older.id}/sbom`, tokens.viewer);
  const current = await call('GET', `/audits/${newer.id}/sbom`, tokens.viewer);

  expect([replaced.status, await replaced.json()]).toEqual([410, expect.objectContaining({ code: 'gone' })]);
  expect(current.status).toBe(200);
});

describe('credentials', () => {
  test('an Idempotency-Key repeated gives the same audit', async () => {
    const send = () =>
      app.request(`/api/v1/projects/${project.projectId}/audit/trigger`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens.member}`,
          'content-type': 'application/json',
          'idempotency-key': 'once',
        },
        body: '{"auditType":"full"}',
      });

    const [first, second] = [await (await send()).json(), await (await send()).json()];

    expect(second.taskId).toBe(first.taskId);
  });

  test.each([
    ['branch', { auditType: 'full', branch: 'other' }],
    ['kind', { auditType: 'incremental' }],
    ['choice of magics', { auditType: 'full', enabledMagics: ['git'] }],
  ])('an Idempotency-Key used for another %s is a conflict, and starts nothing', async (_what, request) => {
    const send = (body: object) =>
      app.request(`/api/v1/projects/${project.projectId}/audit/trigger`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens.member}`,
          'content-type': 'application/json',
          'idempotency-key': `for ${JSON.stringify(request)}`,
        },
        body: JSON.stringify(body),
      });
    expect((await send({ auditType: 'full' })).status).toBe(202);
    const audits = await db().audit.count();

    const answer = await send(request);

    expect([answer.status, await answer.json()]).toEqual([409, expect.objectContaining({ code: 'conflict' })]);
    expect(await db().audit.count()).toBe(audits);
  });

  test('a token with the scope to read may not write', async () => {
    const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });
    const reader = await person(teamId, 'owner', ['read']);

    expect((await call('GET', '/projects', reader)).status).toBe(200);
    expect((await call('POST', `/projects/${project.projectId}/audit/trigger`, reader, {})).status).toBe(403);
  });

  test('a token with the scope to write lists nothing', async () => {
    const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });
    const writer = await person(teamId, 'owner', ['write']);

    for (const path of ['/projects', '/portfolio', '/audits', `/projects?teamId=${teamId}`]) {
      expect((await call('GET', path, writer)).status).toBe(403);
    }
  });

  test('a token changes nothing of its person without the scope admin', async () => {
    const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });
    const value = await person(teamId, 'owner', ['read', 'write']);

    const preferences = await call('PATCH', '/me', value, { language: 'ja' });
    const sessions = await call('POST', '/me/end-sessions', value);

    expect([preferences.status, sessions.status]).toEqual([403, 403]);
    const { user } = await db().apiToken.findUniqueOrThrow({
      where: { tokenHash: hashSecret(value) },
      include: { user: true },
    });
    expect(user).toMatchObject({ language: null });
  });

  test.each([
    ['revoked', { revokedAt: new Date() }],
    ['expired', { expiresAt: new Date(Date.now() - 1000) }],
  ])('a %s token is nobody', async (_, change) => {
    const { teamId } = await db().project.findUniqueOrThrow({ where: { id: project.projectId } });
    const token = await person(teamId, 'owner');
    await db().apiToken.update({ where: { tokenHash: hashSecret(token) }, data: change });

    expect((await call('GET', '/projects', token)).status).toBe(401);
  });

  test('answers carry the headers that keep browsers from guessing, errors too', async () => {
    for (const path of ['/magics', '/nothing', '/projects']) {
      const { headers } = await call('GET', path, null);

      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
    }
  });
});

function call(method: string, path: string, token: string | null, body?: unknown) {
  return app.request(`/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function person(teamId: string, role: Role, scopes: Scope[] = ['read', 'write', 'admin']): Promise<string> {
  const value = createTokenValue();
  const user = await db().user.create({
    data: { email: `${value.toLowerCase()}@example.org`, name: role, memberships: { create: { teamId, role } } },
  });
  await db().apiToken.create({ data: { userId: user.id, teamId, name: role, tokenHash: hashSecret(value), scopes } });
  return value;
}

/** As if the audit had pinned the commit and judged it: what the code view needs. */
async function plantFinding(): Promise<string> {
  await db().audit.update({ where: { id: project.auditId }, data: { commitId: repository.head } });
  const at = new Date();
  const { id } = await db().finding.create({
    data: {
      projectId: project.projectId,
      fingerprint: 'f'.repeat(64),
      ruleId: 'integrity/no-unfinished-code',
      magic: 'integrity',
      severity: 'low',
      severityRank: 3,
      confidence: 0.9,
      path: 'src/pay.ts',
      startLine: 2,
      endLine: 2,
      messageId: 'marker',
      data: { marker: 'TODO' },
      state: 'new',
      firstAuditId: project.auditId,
      firstSeenAt: at,
      lastAuditId: project.auditId,
      lastSeenAt: at,
    },
  });
  return id;
}

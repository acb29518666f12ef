import { randomUUID } from 'node:crypto';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import { packMap } from '@/lib/services/audit-maps';
import { createComment } from '@/lib/services/finding-comments';
import { triageFinding } from '@/lib/services/triage';
import { createProject, createTeam, type TestTeam } from './factories';
import { magicResult, markerFinding, runJudgedAudit } from './judged-audits';
import { signInAgain } from './session-cookie';
import { spareAccess, spareChannel, spareConnection, spareShareLink } from './spare-access';

/** What a tenant has, by the name of the parameter that takes its id. */
export type Ids = Record<string, string>;

export interface Tenant {
  team: TestTeam;
  /** Of the team's owner, who may all. */
  token: string;
  userId: string;
  ids: Ids;
  /** Words that only this tenant may read. */
  words: string[];
}

/** A team with something of every kind that a route takes an id of, all marked by one word. */
export async function tenant(name: string): Promise<Tenant> {
  const team = await createTeam();
  const secret = `${name}-${randomUUID().slice(0, 8)}`;
  const projectId = await createProject(team, { path: `/nowhere/${secret}` });
  await db().project.update({ where: { id: projectId }, data: { name: `project-${secret}` } });
  const finding = markerFinding(`marker-${secret}`, { data: { marker: 'TODO' }, evidence: `evidence-${secret}` });
  const auditId = await runJudgedAudit(team.as('member'), projectId, {
    results: [magicResult('integrity', [finding, markerFinding(`second-${secret}`)])],
    map: await packMap('unread', {
      counts: {},
      files: [{ path: `unread-${secret}`, role: 'data', sizeBytes: 1, reason: 'x' }],
    }),
  });
  const { id: findingId } = await db().finding.findFirstOrThrow({
    where: { projectId, fingerprint: finding.fingerprint },
  });
  const token = createTokenValue();
  const user = await db().user.create({
    data: {
      email: `${secret}@example.org`,
      name: `person-${secret}`,
      memberships: { create: { teamId: team.teamId, role: 'owner' } },
    },
  });
  await db().apiToken.create({
    data: {
      userId: user.id,
      teamId: team.teamId,
      name: `token-${secret}`,
      tokenHash: hashSecret(token),
      scopes: ['read', 'write', 'admin'],
    },
  });
  const { memberId: userId, invitationId, tokenId } = await spareAccess(team.teamId);
  const service = { email: `robot-${secret}@service.invalid`, name: 'Robot', serviceTeamId: team.teamId };
  const memberships = { create: { teamId: team.teamId, role: 'viewer' as const } };
  const { id: serviceAccountId } = await db().user.create({ data: { ...service, memberships } });
  const { sessionId } = await signInAgain(user.id);
  const identity = { provider: 'https://id.example.org', subject: secret, label: secret };
  const { id: identityId } = await db().identity.create({ data: { ...identity, userId: user.id } });
  const ofTeam = { teamId: team.teamId, userId, serviceAccountId, invitationId, tokenId };
  const ctx = team.as('member');
  const changeId = await triageFinding(ctx, findingId, { verdict: 'accepted', reason: `reason-${secret}` });
  const { commentId } = await createComment(ctx, findingId, { text: `comment-${secret}` });
  const otherAuditId = await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity')] });
  const counts = { results: 1, findings: 1, newCount: 0, fixedCount: 0 };
  await db().findingImport.create({
    data: { ...counts, projectId, commitId: 'c', tool: secret, toolName: secret, uploadedAt: new Date() },
  });
  const shareLinkId = await spareShareLink({ projectId, auditId }, userId);
  const host = `${secret}.example.com`;
  await db().sshHost.create({ data: { teamId: team.teamId, host, seenAt: new Date() } });
  // Lost, so that nothing is asked of its host.
  const lost = { name: `connection-${secret}`, status: 'reconnect' };
  const connectionId = await spareConnection(team.teamId, lost);
  const { channelId, deliveryId } = await spareChannel(team.teamId, `channel-${secret}`);
  const failed = { name: 'webhook.set-up', payload: { projectId }, errorCode: 'timeout', tries: 1, worker: null };
  const { id: runId } = await db().clusterRun.create({
    data: { verb: 'status', status: 'done', options: {}, version: 1, text: `# ${secret}` },
  });
  const { id: jobId } = await db().failedJob.create({
    data: { ...failed, key: secret, firstAt: new Date(), lastAt: new Date() },
  });
  const ids = {
    ...ofTeam,
    jobId,
    runId,
    connectionId,
    host,
    projectId,
    auditId,
    otherAuditId,
    shareLinkId,
    findingId,
    sessionId,
    identityId,
    commentId,
    changeId: changeId ?? '',
    channelId,
    deliveryId,
  };
  return { team, token, userId: user.id, ids, words: [secret] };
}

import { db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import type { Finding, MagicId } from '@/lib/magics/types';
import type { ChannelCreated, ChannelRequest } from '@/lib/schemas/channels';
import { createChannel } from '@/lib/services/notifications/channels';
import { gatherNotifications } from '@/lib/services/notifications/gather';
import { sendDelivery } from '@/lib/services/notifications/send-delivery';
import { createProject, createTeam } from './factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from './judged-audits';
import { createPerson, type TestPerson } from './people';

export interface NotifiedTeam {
  teamId: string;
  projectId: string;
  admin: TestPerson;
  addChannel: (request: ChannelRequest) => Promise<ChannelCreated>;
  /** Audits the project's branch, or another one, with these findings and this score. */
  audit: (
    findings: readonly Finding[],
    parts?: { score?: number; branch?: string; commitId?: string; magic?: MagicId },
  ) => Promise<string>;
  /** Audits so that the gate is red, or is not. */
  turn: (colour: 'red' | 'green') => Promise<string>;
}

const MINUTE_MS = 60_000;
let commits = 0;

/** A team with a project whose gate fails under a health of 80. */
export async function notifiedTeam(projectName = 'checkout-api'): Promise<NotifiedTeam> {
  const team = await createTeam({
    gate: { health: { warn: null, fail: 80 }, failedMagic: 'ignored', newFindings: {} },
  });
  const { teamId } = team;
  const admin = await createPerson({ [teamId]: 'admin' });
  const projectId = await createProject(team);
  await db().project.update({ where: { id: projectId }, data: { name: projectName } });
  const audit: NotifiedTeam['audit'] = (findings, { score = 90, branch, commitId, magic = 'integrity' } = {}) => {
    commits += 1;
    const outcomes: Record<string, 'passed'> = findings.length === 0 ? { [MARKER_RULE]: 'passed' } : {};
    return runJudgedAudit(team.as('member'), projectId, {
      // The rule is asked each time, so that what it says later is new.
      results: [magicResult(magic, findings, { score, outcomes })],
      commitId: commitId ?? commits.toString(16).padStart(40, 'c'),
      ...(branch && { branch }),
    });
  };
  return {
    teamId,
    projectId,
    admin,
    addChannel: async (request) => createChannel(await admin.ask(), teamId, request),
    audit,
    turn: (colour) => audit([], { score: colour === 'red' ? 40 : 95 }),
  };
}

/** Findings of this severity, one for each name. */
export function findingsOf(severity: Finding['severity'], ...names: string[]): Finding[] {
  return names.map((name) => markerFinding(name, { severity }));
}

/** What workers do at that time: messages are made of what is due, and those whose turn it is are sent. Gives how many were made. */
export async function deliver(now = new Date()): Promise<number> {
  const made = await gatherNotifications(logger(), now);
  const jobs = await db().outboxJob.findMany({ where: { name: 'notification.send' }, orderBy: { id: 'asc' } });
  for (const { id, payload } of jobs) {
    await sendDelivery((payload as { deliveryId: string }).deliveryId, { log: logger(), now });
    await db().outboxJob.delete({ where: { id } });
  }
  return made;
}

export const inMinutes = (minutes: number, from = Date.now()) => new Date(from + minutes * MINUTE_MS);

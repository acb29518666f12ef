import { db } from '@/lib/db/client';
import { messageInAll } from '@/lib/i18n/rule-text';
import type { MessageData } from '@/lib/magics/types';
import type { LoggedThing } from '@/lib/schemas/audit-log';
import { NAMING_FIELDS } from '@/lib/schemas/logged-fields';

interface LogRow {
  actorId: string | null;
  action: string;
  target: string | null;
  before: unknown;
  after: unknown;
  detail: unknown;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** A change of many findings may touch many projects. */
const MOST_IDS_AN_ENTRY = 20;

/**
 * What the ids in entries stand for, by id. Of the team's own things only: a log may name what belongs to nobody any
 * more, never what belongs to others.
 */
export async function findLoggedThings(teamId: string, rows: readonly LogRow[]): Promise<Map<string, LoggedThing>> {
  const ids = [...new Set(rows.flatMap((row) => idsIn(row).slice(0, MOST_IDS_AN_ENTRY)))];
  if (ids.length === 0) return new Map();
  const among = { id: { in: ids } };
  const project = { select: { name: true } } as const;
  const [projects, audits, findings, people, invitations, tokens, channels] = await Promise.all([
    db().project.findMany({ where: { ...among, teamId }, select: { id: true, name: true } }),
    db().audit.findMany({
      where: { ...among, project: { teamId } },
      select: { id: true, number: true, projectId: true, project },
    }),
    db().finding.findMany({
      where: { ...among, project: { teamId } },
      select: { id: true, projectId: true, ruleId: true, messageId: true, data: true, message: true, project },
    }),
    db().user.findMany({
      where: {
        ...among,
        OR: [{ memberships: { some: { teamId } } }, { id: { in: formerMembersIn(rows) } }],
      },
      select: { id: true, name: true },
    }),
    db().invitation.findMany({ where: { ...among, teamId }, select: { id: true, email: true } }),
    db().apiToken.findMany({ where: { ...among, teamId }, select: { id: true, name: true } }),
    db().channel.findMany({ where: { ...among, teamId }, select: { id: true, name: true } }),
  ]);
  return new Map<string, LoggedThing>([
    ...projects.map(({ id, name }) => [id, { kind: 'project', name }] as const),
    ...audits.map(
      ({ id, number, projectId, project: { name } }) =>
        [id, { kind: 'audit', number, projectId, projectName: name }] as const,
    ),
    ...findings.map(({ id, message, projectId, project: { name }, ...finding }) => {
      const data = finding.data as MessageData;
      const says = message === null ? messageInAll({ ...finding, data }) : { en: message, ja: message };
      return [id, { kind: 'finding', projectId, projectName: name, ruleId: finding.ruleId, message: says }] as const;
    }),
    ...people.map(({ id, name }) => [id, { kind: 'person', name }] as const),
    ...invitations.map(({ id, email }) => [id, { kind: 'invitation', email }] as const),
    ...tokens.map(({ id, name }) => [id, { kind: 'token', name }] as const),
    ...channels.map(({ id, name }) => [id, { kind: 'channel', name }] as const),
  ]);
}

/** As it is called where there is room for one name only. */
export function nameOfThing(thing: LoggedThing): string {
  if (thing.kind === 'audit') return `${thing.projectName} #${thing.number}`;
  if (thing.kind === 'finding') return thing.message.en;
  return thing.kind === 'invitation' ? thing.email : thing.name;
}

function idsIn({ target, before, after, detail }: LogRow): string[] {
  const named = [before, after, detail].flatMap((side) => {
    if (side === null || typeof side !== 'object') return [];
    const fields: Readonly<Record<string, unknown>> = { ...side };
    return NAMING_FIELDS.flatMap((name) => fields[name] ?? []);
  });
  return [target, ...named].filter((id): id is string => typeof id === 'string' && UUID.test(id));
}

/** Whom the team's own log calls a member that was: they were known by name there. */
function formerMembersIn(rows: readonly LogRow[]): string[] {
  return rows.flatMap(({ action, actorId, target }) => [
    ...(actorId ? [actorId] : []),
    ...(target && action.startsWith('member.') && UUID.test(target) ? [target] : []),
  ]);
}

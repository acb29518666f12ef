import type { Context } from '@/lib/auth/context';
import { db, query } from '@/lib/db/client';
import type { FindingEventView, FindingHistory, PersonView } from '@/lib/schemas/triage';
import { requireFinding } from './access';
import type { StoredVerdict } from './finding-changes';
import { today } from './finding-verdicts';
import { toPersonView } from './finding-view';

const MOST_SHOWN = 500;
const DAY_MS = 86_400_000;

type Event = FindingEventView['event'];

/** What happened to a finding: which audits found, lost and found it again, and what people said of it; oldest first. */
export async function listFindingHistory(ctx: Context, findingId: string): Promise<FindingHistory> {
  const finding = await requireFinding(ctx, findingId, 'project.read');
  const [events, audits, imports, verdicts] = await Promise.all([
    db().findingEvent.findMany({
      where: { findingId },
      include: { actor: { select: { id: true, name: true } } },
      orderBy: { id: 'desc' },
      take: MOST_SHOWN,
    }),
    query<{ id: string; number: number; at: Date; kind: 'found' | 'reopened' | 'fixed' }>`
      select id, number, coalesce(ended_at, created_at) as at,
        case when id = ${finding.firstAuditId}::uuid then 'found' when id = ${finding.fixedAuditId}::uuid then 'fixed'
          else 'reopened' end as kind
      from audits where project_id = ${finding.projectId}::uuid
        and (id = ${finding.firstAuditId}::uuid or id = ${finding.fixedAuditId}::uuid
          or ${finding.fingerprint}::text = any(reopened_findings))
      order by number desc limit ${MOST_SHOWN}::int`,
    finding.tool === null ? [] : listImportsOf(finding),
    db().findingVerdict.findMany({
      where: { findingId, endedAt: null, until: { lt: today() } },
      select: { verdict: true, reason: true, until: true },
    }),
  ]);
  const people = await peopleOf(events.filter(({ kind }) => kind === 'assignee'));
  const items = [
    ...audits.map(
      ({ id, number, at, kind }): FindingEventView => ({
        at: at.toISOString(),
        actor: null,
        event: { kind, audit: { auditId: id, number } },
      }),
    ),
    ...imports,
    ...events.map(
      ({ at, actor, kind, before, after }): FindingEventView => ({
        at: at.toISOString(),
        actor: actor && toPersonView(actor),
        event: toEvent(kind, before, after, people),
      }),
    ),
    ...verdicts.map(
      ({ verdict, reason, until }): FindingEventView => ({
        at: new Date((until?.getTime() ?? 0) + DAY_MS).toISOString(),
        actor: null,
        event: {
          kind: 'expired',
          before: {
            verdict: verdict as StoredVerdict['verdict'],
            reason,
            until: until?.toISOString().slice(0, 10) ?? null,
          },
        },
      }),
    ),
  ];
  return { items: items.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

/** Of another tool's finding: the reports that told of it first and no longer. */
async function listImportsOf({
  projectId,
  firstAuditId,
  fixedAuditId,
}: Awaited<ReturnType<typeof requireFinding>>): Promise<FindingEventView[]> {
  const ids = [firstAuditId, ...(fixedAuditId ? [fixedAuditId] : [])];
  const rows = await db().findingImport.findMany({ where: { projectId, id: { in: ids } } });
  return rows.map(({ id, toolName, commitId, uploadedAt }) => ({
    at: uploadedAt.toISOString(),
    actor: null,
    event: {
      kind: id === fixedAuditId ? ('gone' as const) : ('imported' as const),
      import: { importId: id, toolName, commit: commitId },
    },
  }));
}

function toEvent(kind: string, before: unknown, after: unknown, people: ReadonlyMap<unknown, PersonView>): Event {
  if (kind === 'assignee') {
    return { kind: 'assignee', before: people.get(before) ?? null, after: people.get(after) ?? null };
  }
  return { kind: 'verdict', before: before as StoredVerdict | null, after: after as StoredVerdict | null };
}

async function peopleOf(events: readonly { before: unknown; after: unknown }[]): Promise<Map<unknown, PersonView>> {
  const ids = events.flatMap(({ before, after }) => [before, after]).filter((id) => typeof id === 'string');
  const people = await db().user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map((person) => [person.id, toPersonView(person)]));
}

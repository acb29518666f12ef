import type { Prisma } from '@/lib/db/generated/client';
import { isFixable } from '@/lib/fixes/is-fixable';
import { messageInAll } from '@/lib/i18n/rule-text';
import type { Location, MessageData, RepositorySuppression, TeamSuppression } from '@/lib/magics/types';
import type { FindingState, FindingView } from '@/lib/schemas/findings';
import type { OriginView, VerdictView } from '@/lib/schemas/triage';
import { today } from './finding-verdicts';

const PERSON = { select: { id: true, name: true } } as const;

/** What a row needs beside it to be shown. */
export const FINDING_PARTS = {
  givenVerdict: { include: { givenBy: PERSON } },
  assignee: PERSON,
  origin: true,
  duplicates: {
    where: { state: { not: 'fixed' } },
    select: { id: true, tool: true, ruleId: true },
    orderBy: [{ ruleId: 'asc' }, { id: 'asc' }],
    take: 20,
  },
} as const satisfies Prisma.FindingInclude;

export type FindingRow = Prisma.FindingGetPayload<{ include: typeof FINDING_PARTS }>;

export function toFindingView(row: FindingRow): FindingView {
  const data = row.data as MessageData;
  return {
    findingId: row.id,
    projectId: row.projectId,
    ruleId: row.ruleId,
    magic: row.magic as FindingView['magic'],
    source: toSource(row),
    alsoReportedBy: row.duplicates.map(({ id, tool, ruleId }) => ({ findingId: id, tool: tool ?? '', ruleId })),
    severity: row.severity as FindingView['severity'],
    confidence: row.confidence,
    state: stateOf(row),
    suppression: row.state === 'suppressed' ? (row.suppression as unknown as RepositorySuppression) : null,
    verdict: row.givenVerdict && toVerdictView(row.givenVerdict),
    assignee: row.assignee && toPersonView(row.assignee),
    origin: row.origin && toOriginView(row.origin),
    path: row.path,
    startLine: row.startLine,
    endLine: row.endLine,
    // Another tool speaks one language.
    message:
      row.message === null
        ? messageInAll({ ruleId: row.ruleId, messageId: row.messageId, data })
        : { en: row.message, ja: row.message },
    messageId: row.messageId,
    data,
    evidence: row.evidence,
    related: row.related as unknown as Location[],
    commits: row.commits,
    fingerprint: row.fingerprint,
    isFixable: isFixable({ ...row, data }),
    firstSeenAt: row.firstSeenAt.toISOString(),
  };
}

function toSource({ tool, category, helpUri, weaknesses }: FindingRow): FindingView['source'] {
  return tool === null ? null : { tool, category: category ?? '', helpUri, weaknesses };
}

/** A verdict as it was part of an audit, which does not keep who gave it. */
export function toAuditVerdict({ verdict, reason, expires }: TeamSuppression): VerdictView {
  return { verdict, reason, until: expires, isInForce: true, givenBy: null, givenAt: null };
}

export function toPersonView({ id, name }: { id: string; name: string }) {
  return { userId: id, name };
}

export function toOriginView(row: NonNullable<FindingRow['origin']>): OriginView {
  return {
    introducedCommit: row.introducedCommit,
    introducedAt: row.introducedAt?.toISOString() ?? null,
    authorName: row.authorName,
    owners: row.owners,
    ownerSource: row.ownerSource as OriginView['ownerSource'],
  };
}

/** In one word: what an audit saw, unless the team has said otherwise. */
function stateOf({ state, verdict, verdictUntil }: FindingRow): FindingState {
  if (state === 'fixed' || state === 'suppressed' || verdict === null) return state;
  return isOver(verdictUntil) ? 'reopened' : (verdict as FindingState);
}

function toVerdictView({
  verdict,
  reason,
  until,
  givenBy,
  givenAt,
}: NonNullable<FindingRow['givenVerdict']>): VerdictView {
  return {
    verdict: verdict as VerdictView['verdict'],
    reason,
    until: until?.toISOString().slice(0, 10) ?? null,
    isInForce: !isOver(until),
    givenBy: givenBy && toPersonView(givenBy),
    givenAt: givenAt.toISOString(),
  };
}

function isOver(until: Date | null): boolean {
  return until !== null && until < today();
}

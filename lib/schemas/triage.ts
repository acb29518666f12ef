import * as z from 'zod';
import { VERDICTS } from '@/lib/magics/types';
import { Instant, PlainText } from './common';

export const VerdictKey = z.enum(VERDICTS);
export type VerdictKey = z.infer<typeof VerdictKey>;

export const LONGEST_REASON = 1_000;
export const LONGEST_COMMENT = 4_000;
/** Findings that one request may change. */
export const MOST_FINDINGS = 1_000;

/** Several lines of text: no control characters but line feeds and tabs. */
export const Prose = z.string().regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, 'control characters are not allowed');

export const PersonView = z.object({ userId: z.uuid(), name: z.string() });
export type PersonView = z.infer<typeof PersonView>;

/** What the team said of a finding. */
export const VerdictView = z.object({
  verdict: VerdictKey,
  reason: z.string(),
  /** Last day on which it counts, in UTC; null for good. */
  until: z.iso.date().nullable(),
  isInForce: z.boolean().describe('False once its last day is over: the finding is open again'),
  givenBy: PersonView.nullable(),
  givenAt: Instant.nullable(),
});
export type VerdictView = z.infer<typeof VerdictView>;

const Reason = Prose.trim().min(1).max(LONGEST_REASON).describe('Why; everybody in the team reads it');
const LastDay = z.iso.date().nullable().describe('Last day on which it counts, in UTC; for good unless given');
const CHANGE = {
  verdict: VerdictKey.nullable().optional().describe('null takes the verdict back'),
  reason: Reason.optional(),
  until: LastDay.optional(),
  assigneeId: z.uuid().nullable().optional().describe('A member of the team; null for nobody'),
};

interface Change {
  verdict?: VerdictKey | null | undefined;
  reason?: string | undefined;
  until?: string | null | undefined;
  assigneeId?: string | null | undefined;
}

function checkChange({ verdict, reason, until, assigneeId }: Change, c: z.core.ParsePayload<Change>): void {
  const issue = (path: string, message: string) =>
    c.issues.push({ code: 'custom', input: c.value, path: [path], message });
  if (verdict === undefined && assigneeId === undefined) issue('verdict', 'say a verdict, an assignee, or both');
  if (verdict && !reason) issue('reason', 'a verdict takes a reason');
  if (!verdict && reason !== undefined) issue('reason', 'belongs to a verdict');
  if (!verdict && until) issue('until', 'belongs to a verdict');
}

/** PATCH /findings/{findingId} */
export const TriageRequest = z.strictObject(CHANGE).check((c) => checkChange(c.value, c));
export type TriageRequest = z.infer<typeof TriageRequest>;

/**
 * Which findings of a project a bulk change is about; as in the list, with the same default. A name that is not known is refused:
 * left out it would take more findings than were meant.
 */
const BulkFilter = z.strictObject({
  magic: PlainText.max(200).optional(),
  rule: PlainText.max(2000).optional(),
  framework: PlainText.max(100).optional(),
  severity: PlainText.max(100).optional(),
  path: PlainText.max(500).optional(),
  state: PlainText.max(100).optional(),
  search: PlainText.max(200).optional(),
  assignee: z.union([z.uuid(), z.enum(['me', 'none'])]).optional(),
});

/** POST /findings/bulk */
export const BulkTriageRequest = z
  .strictObject({
    findingIds: z.array(z.uuid()).min(1).max(MOST_FINDINGS).optional().describe('These, of any of your projects'),
    projectId: z.uuid().optional().describe('Or those of this project that the filter finds'),
    filter: BulkFilter.optional().describe('As for `GET /projects/{projectId}/findings`'),
    ...CHANGE,
  })
  .check((c) => {
    checkChange(c.value, c as unknown as z.core.ParsePayload<Change>);
    const { findingIds, projectId, filter } = c.value;
    if ((findingIds === undefined) === (projectId === undefined) || (filter && !projectId)) {
      c.issues.push({
        code: 'custom',
        input: c.value,
        path: ['findingIds'],
        message: 'name findings, or a project with a filter',
      });
    }
  });
export type BulkTriageRequest = z.infer<typeof BulkTriageRequest>;

/** What a request changed; those that were like that already are not counted. */
export const TriageChange = z.object({
  changeId: z.uuid().nullable().describe('For Undo; null when nothing changed'),
  changed: z.number().int(),
  unchanged: z.number().int(),
  findingIds: z.array(z.uuid()).describe('Those that changed, the first thousand'),
});
export type TriageChange = z.infer<typeof TriageChange>;

/** POST /findings/undo */
export const UndoRequest = z.strictObject({ changeId: z.uuid().describe('Of the change to take back') });
export type UndoRequest = z.infer<typeof UndoRequest>;

/** POST /projects/{projectId}/baseline */
export const BaselineRequest = z.strictObject({ reason: Reason, until: LastDay.optional() });
export type BaselineRequest = z.infer<typeof BaselineRequest>;

/** POST /findings/{findingId}/comments */
export const CommentRequest = z.strictObject({
  text: Prose.trim().min(1).max(LONGEST_COMMENT).describe('Plain text'),
});
export type CommentRequest = z.infer<typeof CommentRequest>;

export const CommentView = z.object({
  commentId: z.uuid(),
  author: PersonView.nullable(),
  text: z.string(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  isOwn: z.boolean().describe('Written by you: you may change and delete it'),
});
export type CommentView = z.infer<typeof CommentView>;
export const CommentList = z.object({ items: z.array(CommentView) });
export type CommentList = z.infer<typeof CommentList>;

const StoredVerdict = z.object({ verdict: VerdictKey, reason: z.string(), until: z.iso.date().nullable() });
const AuditMention = z.object({ auditId: z.uuid(), number: z.number().int() });

/** What happened to a finding, oldest first. */
export const FindingEventView = z.object({
  at: Instant,
  actor: PersonView.nullable().describe('null: an audit, or somebody who is gone'),
  event: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['found', 'reopened', 'fixed']), audit: AuditMention }),
    z.object({
      kind: z.enum(['imported', 'gone']),
      import: z.object({ importId: z.uuid(), toolName: z.string(), commit: z.string() }),
    }),
    z.object({ kind: z.literal('verdict'), before: StoredVerdict.nullable(), after: StoredVerdict.nullable() }),
    z.object({ kind: z.literal('assignee'), before: PersonView.nullable(), after: PersonView.nullable() }),
    z.object({ kind: z.literal('expired'), before: StoredVerdict }),
  ]),
});
export type FindingEventView = z.infer<typeof FindingEventView>;
export const FindingHistory = z.object({ items: z.array(FindingEventView) });
export type FindingHistory = z.infer<typeof FindingHistory>;

/** Where a finding comes from, as Git and CODEOWNERS say. */
export const OriginView = z.object({
  introducedCommit: z.string().nullable().describe('The commit that last changed its line'),
  introducedAt: Instant.nullable(),
  authorName: z.string().nullable(),
  owners: z.array(z.string()),
  ownerSource: z.enum(['codeowners', 'blame']).nullable(),
});
export type OriginView = z.infer<typeof OriginView>;

/** To whom findings of a project can be assigned. */
export const AssigneeList = z.object({ items: z.array(PersonView) });
export type AssigneeList = z.infer<typeof AssigneeList>;

import * as z from 'zod';
import { Instant, LocalizedText, PageRequest, PlainText } from './common';

/** GET /teams/{teamId}/audit-log */
export const AuditLogFilter = PageRequest.extend({
  action: PlainText.max(100).optional().describe('As `project.created`; or `project` for all of its kind'),
  actorId: z.uuid().optional().describe('Of one person'),
});
export type AuditLogFilter = z.infer<typeof AuditLogFilter>;

export const AuditLogEntryView = z.object({
  /** 1, 2, 3 … within the team; null of entries from before there were chains. */
  sequence: z.number().int().nullable(),
  at: Instant,
  action: z.string(),
  /** null: the product itself, or a person who is gone. */
  actor: z.object({ userId: z.uuid(), name: z.string() }).nullable(),
  target: z.string().nullable(),
  /** Name of what the target is, where it still exists; of a finding what it says, in English. */
  targetName: z.string().nullable(),
  /** Address of the client. */
  address: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  detail: z.unknown(),
  hash: z.string().nullable(),
});
export type AuditLogEntryView = z.infer<typeof AuditLogEntryView>;

/** What an id stands for, as long as the team has it. */
export const LoggedThing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), name: z.string() }),
  z.object({ kind: z.literal('channel'), name: z.string() }),
  z.object({
    kind: z.literal('audit'),
    number: z.number().int(),
    projectId: z.uuid(),
    projectName: z.string(),
  }),
  z.object({
    kind: z.literal('finding'),
    projectId: z.uuid(),
    projectName: z.string(),
    ruleId: z.string(),
    message: LocalizedText,
  }),
  z.object({ kind: z.literal('person'), name: z.string() }),
  z.object({ kind: z.literal('invitation'), email: z.string() }),
  z.object({ kind: z.literal('token'), name: z.string() }),
]);
export type LoggedThing = z.infer<typeof LoggedThing>;

export const AuditLogPage = z.object({
  items: z.array(AuditLogEntryView),
  things: z
    .record(z.string(), LoggedThing)
    .describe('What targets and ids in the values stand for, by id, as long as the team has it'),
  nextCursor: z.string().nullable(),
});
export type AuditLogPage = z.infer<typeof AuditLogPage>;

/** GET /teams/{teamId}/audit-log/check */
export const AuditLogCheck = z.object({
  isIntact: z.boolean(),
  /** Entries that were looked at. */
  entries: z.number().int(),
  /** Hash of the newest entry: kept elsewhere it proves that nothing before it was changed since. */
  head: z.string().nullable(),
  /**
   * The first entry that is not as it was written: `changed`, `missing`, `cut` when the newest ones are gone, or `signed` when it is
   * not the one that was signed: the log was written anew up to there.
   */
  broken: z.object({ sequence: z.number().int(), reason: z.enum(['changed', 'missing', 'cut', 'signed']) }).nullable(),
  /** The newest entry that a worker signed with the key of this installation: none up to it was changed since. null without one. */
  signed: z.object({ sequence: z.number().int(), at: Instant, keyId: z.string() }).nullable(),
});
export type AuditLogCheck = z.infer<typeof AuditLogCheck>;

export const AuditLogActions = z.object({ items: z.array(z.string()) });

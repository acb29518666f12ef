import { z } from 'zod';
import { Counts, Instant, LocalizedText, MagicKey, MessageData, PageRequest, PlainText, SeverityKey } from './common';

export const FindingState = z.enum(['new', 'existing', 'fixed', 'reopened']);
export type FindingState = z.infer<typeof FindingState>;

/** Filters of a list of findings; what names several is a comma-separated list in the URL. */
export const FindingFilter = PageRequest.extend({
  magic: PlainText.max(200).optional().describe('Magics, as `integrity,git`'),
  rule: PlainText.max(2000).optional().describe('Rules, as `integrity/no-unfinished-code`'),
  severity: PlainText.max(100).optional().describe('Severities, as `critical,high`'),
  path: PlainText.max(500).optional().describe('Part of a path'),
  state: PlainText.max(100)
    .optional()
    .describe('States, as `new,reopened`; `open` (new, existing, reopened) unless given'),
  search: PlainText.max(200).optional().describe('Part of a path, a rule or the evidence'),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

const Location = z.object({ path: z.string(), line: z.number().int(), endLine: z.number().int().optional() });

export const FindingView = z.object({
  findingId: z.uuid(),
  ruleId: z.string(),
  magic: MagicKey,
  severity: SeverityKey,
  confidence: z.number(),
  state: FindingState,
  path: z.string().nullable(),
  startLine: z.number().int().nullable(),
  endLine: z.number().int().nullable(),
  message: LocalizedText,
  messageId: z.string(),
  data: MessageData,
  evidence: z.string().nullable(),
  related: z.array(Location),
  commits: z.array(z.string()),
  fingerprint: z.string(),
  isFixable: z
    .boolean()
    .describe('Its rule has mechanical fixes; whether one is safe here is said by `GET /findings/{findingId}/patch`'),
  firstSeenAt: Instant.nullable(),
});
export type FindingView = z.infer<typeof FindingView>;

export const FindingPage = z.object({
  items: z.array(FindingView),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  /** Over the filter without its severity. */
  counts: Counts,
  /** Findings of each rule over the whole filter, by rule id. */
  ruleCounts: z.record(z.string(), z.number().int()),
});
export type FindingPage = z.infer<typeof FindingPage>;

/** A finding as one audit saw it; without an id when the project's branch never had it. */
export const AuditFindingView = FindingView.extend({ findingId: z.uuid().nullable() });
export type AuditFindingView = z.infer<typeof AuditFindingView>;

export const AuditFindingPage = FindingPage.extend({ items: z.array(AuditFindingView) });
export type AuditFindingPage = z.infer<typeof AuditFindingPage>;

export const CodeLine = z.object({
  number: z.number().int(),
  /** Text runs with their token class (`keyword`, `string`, `number`, `name`, `comment` or plain). */
  tokens: z.array(z.object({ text: z.string(), kind: z.string() })),
  blame: z.object({ commit: z.string(), author: z.string(), at: Instant, subject: z.string() }).nullable(),
});

/** Code around a finding at the audited commit. */
export const CodeView = z.object({
  path: z.string(),
  commit: z.string(),
  language: z.string().nullable(),
  startLine: z.number().int(),
  lines: z.array(CodeLine),
});
export type CodeView = z.infer<typeof CodeView>;

/** A mechanical fix of one finding. */
export const PatchView = z.object({
  path: z.string(),
  /** What the patch is against. */
  commit: z.string(),
  patch: z
    .string()
    .nullable()
    .describe('Unified diff for `git apply`, checked by auditing the file again; null when no fix is safe'),
});
export type PatchView = z.infer<typeof PatchView>;

import * as z from 'zod';
import { FRAMEWORK_IDS } from '@/lib/magics/frameworks';
import { MAGIC_IDS, SUPPRESSION_STATES, VERDICTS } from '@/lib/magics/types';
import { Counts, Instant, LocalizedText, MagicKey, MessageData, PageRequest, PlainText, SeverityKey } from './common';
import { OriginView, PersonView, VerdictView } from './triage';

/** Whose finding it is: of a magic, or `imported` from another tool. */
export const FINDING_MAGICS = [...MAGIC_IDS, 'imported'] as const;

export const FrameworkKey = z.enum(FRAMEWORK_IDS);
export type FrameworkKey = z.infer<typeof FrameworkKey>;

/** The state in one word: a verdict in force hides whether the finding is new. */
export const FindingState = z.enum(['new', 'existing', 'fixed', 'reopened', 'suppressed', ...VERDICTS]);
export type FindingState = z.infer<typeof FindingState>;

/** Filters of a list of findings; what names several is a comma-separated list in the URL. */
export const FindingFilter = PageRequest.extend({
  magic: PlainText.max(200).optional().describe('Magics, as `integrity,git`; `imported` for findings of other tools'),
  rule: PlainText.max(2000).optional().describe('Rules, as `integrity/no-unfinished-code`'),
  framework: PlainText.max(100)
    .optional()
    .describe(
      'Compliance frameworks, as `iso27001,soc2`: findings of rules that are tagged with their controls. Supports evidence, certifies nothing',
    ),
  severity: PlainText.max(100).optional().describe('Severities, as `critical,high`'),
  path: PlainText.max(500).optional().describe('Part of a path'),
  state: PlainText.max(100)
    .optional()
    .describe('States, as `new,reopened`; `open` (new, existing, reopened) unless given'),
  search: PlainText.max(200).optional().describe('Part of a path, a rule, its title, what it says or the evidence'),
  assignee: z
    .union([z.uuid(), z.enum(['me', 'none'])])
    .optional()
    .describe('Whom they are assigned to: an id, `me` or `none`; lists of an audit know none'),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

const Location = z.object({ path: z.string(), line: z.number().int(), endLine: z.number().int().optional() });

/** Where the repository asks for a finding to be let stand, and why. */
const SuppressionView = z.object({
  source: z.enum(['line', 'file', 'settings']),
  path: z.string(),
  line: z.number().int(),
  reason: z.string(),
  /** Last day on which it counts; null for one in a comment. */
  expires: z.iso.date().nullable(),
});

export const FindingView = z.object({
  findingId: z.uuid(),
  projectId: z.uuid(),
  ruleId: z.string(),
  magic: z.enum(FINDING_MAGICS),
  /** Of another tool; null of our own. */
  source: z
    .object({
      tool: z.string().describe('Begins the ids of its rules'),
      category: z.string().describe('Tells several reports of one tool apart; mostly empty'),
      helpUri: z.url().nullable().describe('Where the tool explains the rule'),
      weaknesses: z.array(z.number().int()).describe('Numbers of weaknesses, as in CWE-79'),
    })
    .nullable(),
  /** Findings of other tools that say the same of the same place; they are in no list of their own. */
  alsoReportedBy: z.array(z.object({ findingId: z.uuid(), tool: z.string(), ruleId: z.string() })),
  severity: SeverityKey,
  confidence: z.number(),
  state: FindingState,
  /** null unless suppressed. */
  suppression: SuppressionView.nullable(),
  /** What the team said of it last; null without a word. */
  verdict: VerdictView.nullable(),
  assignee: PersonView.nullable(),
  /** null until somebody asked for `GET /findings/{findingId}/origin`. */
  origin: OriginView.nullable(),
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
    .describe(
      'A mechanical fix may take it away; whether one is safe here is said by `GET /findings/{findingId}/patch`',
    ),
  firstSeenAt: Instant.nullable(),
});
export type FindingView = z.infer<typeof FindingView>;

/** A finding after a change, and what takes the change back. */
export const TriagedFinding = FindingView.extend({
  changeId: z.uuid().nullable().describe('For Undo; null when nothing changed'),
});
export type TriagedFinding = z.infer<typeof TriagedFinding>;

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

/** A suppression and what became of it in an audit. */
export const SuppressionUseView = SuppressionView.extend({
  ruleId: z.string(),
  magic: MagicKey,
  /** Glob of paths; null for all that the rule reports. */
  target: z.string().nullable(),
  state: z.enum(SUPPRESSION_STATES),
  suppressed: z.number().int(),
  kept: z.number().int(),
});
export type SuppressionUseView = z.infer<typeof SuppressionUseView>;

/** What the repository asked for in comments and in `.elder.yml`. */
export const AuditSuppressions = z.object({
  /** By path, line and rule. */
  items: z.array(SuppressionUseView),
  counts: z.record(z.enum(SUPPRESSION_STATES), z.number().int()),
  /** Errors for which the file `.elder.yml` has no effect; findings of `integrity/has-valid-settings` name them. */
  settingsErrors: z.number().int(),
  /** Words added to options of rules, and whether they are in effect. */
  words: z.array(
    z.object({ ruleId: z.string(), option: z.string(), words: z.array(z.string()), isInEffect: z.boolean() }),
  ),
  /** Paths left out; null when the repository ignores none. */
  ignored: z
    .object({
      isRefused: z.boolean(),
      files: z.number().int(),
      codeLines: z.number().int(),
      globs: z.array(z.object({ glob: z.string(), files: z.number().int() })),
    })
    .nullable(),
});
export type AuditSuppressions = z.infer<typeof AuditSuppressions>;

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

export const INBOX_VIEWS = ['mine', 'new', 'expiring'] as const;
export type InboxViewName = (typeof INBOX_VIEWS)[number];

/** GET /inbox: the filter of a list of findings, without its states. */
export const InboxFilter = FindingFilter.omit({ state: true, assignee: true }).extend({
  teamId: z.uuid().optional().describe('All your teams unless given'),
  view: z
    .enum(INBOX_VIEWS)
    .default('mine')
    .describe('Open and assigned to you; new or reopened; with a verdict that ends, or ended, within 14 days'),
});
export type InboxFilter = z.infer<typeof InboxFilter>;

export const InboxFinding = FindingView.extend({
  projectName: z.string(),
  repositoryUrl: z.string(),
});
export type InboxFinding = z.infer<typeof InboxFinding>;

export const InboxPage = FindingPage.extend({
  items: z.array(InboxFinding),
  /** Of each view, whatever is filtered for. */
  views: z.record(z.enum(INBOX_VIEWS), z.number().int()),
});
export type InboxPage = z.infer<typeof InboxPage>;

/** GET /inbox/counts */
export const InboxCounts = z.object({
  views: InboxPage.shape.views,
  waiting: z.number().int().describe('In one view at least'),
});
export type InboxCounts = z.infer<typeof InboxCounts>;

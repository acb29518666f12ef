import * as z from 'zod';
import { AuditSummary } from './audits';
import {
  Counts,
  LocalizedText,
  MagicCardStatus,
  MagicKey,
  PageRequest,
  PlainText,
  Sentence,
  SeverityKey,
} from './common';
import { RuleView } from './magics';

/** What a finding is between two audits. Where a rule could not judge in one of them, nothing is said. */
export const COMPARED_STATES = [
  'new',
  'fixed',
  'severity_changed',
  'let_stand',
  'open_again',
  'same',
  'unknown',
] as const;
export const ComparedState = z.enum(COMPARED_STATES);
export type ComparedState = z.infer<typeof ComparedState>;

export const ComparisonFilter = PageRequest.extend({
  change: PlainText.max(200)
    .optional()
    .describe('States, as `new,fixed`; all but `same` and `unknown` unless given, `all` for all'),
  magic: PlainText.max(200).optional().describe('Magics, as `integrity,git`'),
});
export type ComparisonFilter = z.infer<typeof ComparisonFilter>;

const ComparedMagicSide = z.object({
  status: MagicCardStatus,
  score: z.number().nullable(),
  coverage: z.number().nullable(),
});

const ComparedRuleSide = z.object({
  outcome: z.string(),
  value: z.number().nullable(),
  score: z.number().nullable(),
  findings: z.number().int(),
});

export const ComparedRule = z.object({
  ruleId: z.string(),
  /** null of a rule that this release does not have. */
  title: LocalizedText.nullable(),
  limits: RuleView.shape.limits.describe('As published; they say the unit of the value'),
  from: ComparedRuleSide.nullable().describe('null where the rule was not asked'),
  to: ComparedRuleSide.nullable(),
  isChanged: z.boolean().describe('Outcome, value or score differ'),
});
export type ComparedRule = z.infer<typeof ComparedRule>;

export const ComparedMagic = z.object({
  magic: MagicKey,
  from: ComparedMagicSide.nullable().describe('null where the magic was not asked'),
  to: ComparedMagicSide.nullable(),
  change: z.number().nullable().describe('Of the score; null without two scores'),
  rules: z.array(ComparedRule),
});
export type ComparedMagic = z.infer<typeof ComparedMagic>;

export const ComparedFinding = z.object({
  change: ComparedState,
  findingId: z.uuid().nullable().describe('null when the project’s branch never had it'),
  fingerprint: z.string(),
  ruleId: z.string(),
  magic: MagicKey,
  severity: SeverityKey,
  severityBefore: SeverityKey.nullable().describe('null unless the severity changed'),
  path: z.string().nullable(),
  pathBefore: z.string().nullable().describe('null unless the file moved'),
  startLine: z.number().int().nullable(),
  message: LocalizedText,
});
export type ComparedFinding = z.infer<typeof ComparedFinding>;

/** Of a finding's row on the page of a comparison: addresses name it. */
export function comparedFindingAnchor({ fingerprint }: { fingerprint: string }): string {
  return `finding-${fingerprint.slice(0, 16)}`;
}

export const PolicyDifference = z.object({
  setting: z.string().describe('As `rules.integrity/no-unfinished-code.severity`'),
  from: z.string().nullable().describe('JSON; null where it is not set'),
  to: z.string().nullable(),
});
export type PolicyDifference = z.infer<typeof PolicyDifference>;

export const ComparedAudit = AuditSummary.extend({ rulePackVersion: z.number().int().nullable() });
export type ComparedAudit = z.infer<typeof ComparedAudit>;

/** GET /audits/{auditId}/compare/{otherAuditId} */
export const AuditComparison = z.object({
  projectId: z.uuid(),
  from: ComparedAudit,
  to: ComparedAudit,
  healthChange: z.number().nullable().describe('null without two scores'),
  /** Why the scores do not measure the same; empty when they do. */
  differences: z.array(Sentence),
  policy: z.array(PolicyDifference),
  magics: z.array(ComparedMagic),
  /** Over all findings, whatever is filtered for. */
  changes: z.record(ComparedState, Counts),
  items: z.array(ComparedFinding),
  nextCursor: z.string().nullable(),
  total: z.number().int().describe('Findings under the filter'),
});
export type AuditComparison = z.infer<typeof AuditComparison>;

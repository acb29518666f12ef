import * as z from 'zod';
import { EVIDENCE_KINDS, LANGUAGES } from '@/lib/magics/types';
import { MagicCard } from './audits';
import { LocalizedText, MagicKey, MessageData, SeverityKey } from './common';
import { FindingView } from './findings';

const Precision = z.object({
  labelled: z.number().int().describe('Findings the rule reports now of which a person looked whether they hold'),
  true: z.number().int(),
  debatable: z.number().int(),
  false: z.number().int(),
  noLongerReported: z.number().int().describe('Read as well, but no longer reported since the rule was mended'),
  share: z.number().nullable().describe('Share of the labelled that hold, 0–1; null for fewer than ten'),
  low: z.number().nullable().describe('Lower end of its 95 % interval'),
  high: z.number().nullable().describe('Upper end of its 95 % interval'),
});

export const RuleOptionView = z.object({
  name: z.string(),
  kind: z.enum(['number', 'switch', 'text', 'texts', 'objects']).describe('`texts` and `objects` are lists'),
  choices: z.array(z.string()).describe('What its texts may be; anything when empty'),
  least: z.number().nullable(),
  most: z.number().nullable(),
  fallback: z.string().nullable().describe('What holds when a policy does not set it, as JSON; null when nothing does'),
});
export type RuleOptionView = z.infer<typeof RuleOptionView>;

/** GET /magics */
export const RuleView = z.object({
  ruleId: z.string(),
  catalogue: z.string(),
  group: z.string(),
  severity: SeverityKey,
  upTo: SeverityKey.nullable().describe('The gravest a finding of it may be, where that is above its severity'),
  cap: z
    .object({ limit: z.number(), severity: SeverityKey, findings: z.number().int() })
    .nullable()
    .describe('The most its magic can score, and from how many open findings of which severity'),
  confidence: z.number(),
  weight: z.number(),
  title: LocalizedText,
  why: LocalizedText,
  fix: LocalizedText,
  onlyIn: z
    .partialRecord(z.enum(['title', 'why', 'fix']), z.enum(LANGUAGES))
    .optional()
    .describe('Of a rule of the team’s own: the language of texts that are in one alone'),
  limits: z.object({ per: z.string(), good: z.number(), bad: z.number() }).nullable(),
  evidence: z.array(z.string()).describe('Facts it reads, by name'),
  evidenceKinds: z.array(z.enum(EVIDENCE_KINDS)).describe('Where those come from'),
  languages: z.array(z.string()).describe('Languages its examples are in; empty when it is the same in all'),
  options: z.array(RuleOptionView).describe('What a policy can set'),
  precision: Precision.nullable().describe('How often it was right when people looked; null when nobody has'),
  references: z.array(z.string()),
  tags: z.array(z.string()),
  terms: z.array(z.string()).describe('Further words by which it is found'),
});
export type RuleView = z.infer<typeof RuleView>;

export const MagicView = z.object({
  magic: MagicKey,
  title: LocalizedText,
  says: LocalizedText,
  version: z.number().int(),
  weight: z.number(),
  groups: z.array(z.object({ id: z.string(), title: LocalizedText })),
  rules: z.array(RuleView),
});
export type MagicView = z.infer<typeof MagicView>;
export const MagicCatalogue = z.object({ items: z.array(MagicView) });

/** A rule's line in the sum behind a magic's score. */
export const RuleResultView = z.object({
  ruleId: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-available', 'not-applicable', 'inconclusive', 'error']),
  value: z.number().nullable(),
  population: z.number().nullable(),
  good: z.number().nullable(),
  bad: z.number().nullable(),
  score: z.number().nullable(),
  weight: z.number(),
  /** Its part of the magic's score, 0–1; null when left out. */
  share: z.number().nullable(),
  /** Points of the magic's score that come from this rule; they sum to the uncapped score. */
  contribution: z.number().nullable(),
  isInformational: z.boolean(),
  findings: z.number().int(),
  dropped: z.number().int(),
  /** Findings that the repository asked to let stand; not among `findings`. */
  suppressed: z.number().int(),
  reason: z.object({ id: z.string(), data: MessageData, text: LocalizedText }).nullable(),
  rule: RuleView,
});
export type RuleResultView = z.infer<typeof RuleResultView>;

/** Everything the magic page shows. */
export const MagicDetail = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  auditId: z.uuid(),
  auditNumber: z.number().int(),
  card: MagicCard,
  magic: MagicView,
  cap: z.object({ limit: z.number(), ruleId: z.string() }).nullable(),
  rules: z.array(RuleResultView),
  /** First findings of each rule, at most 20 a rule. */
  findings: z.record(z.string(), z.array(FindingView)),
  trend: z.array(z.object({ number: z.number().int(), score: z.number().nullable() })),
});
export type MagicDetail = z.infer<typeof MagicDetail>;

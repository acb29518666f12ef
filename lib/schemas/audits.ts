import * as z from 'zod';
import { GATE_CONDITIONS } from '@/lib/magics/gate';
import { NEW_CODE_STARTS } from '@/lib/magics/gate-policy';
import {
  AuditStatus,
  BranchName,
  Counts,
  GateStatus,
  Instant,
  LocalizedText,
  MagicCardStatus,
  MagicKey,
  MessageData,
  Sentence,
  SeverityKey,
} from './common';
import { EvidenceView } from './evidence';
import { HostEvidenceView } from './host-evidence';

/** A finding of an audit in a file that the push changed. */
export const ChangedFinding = z.object({
  findingId: z.uuid().nullable(),
  severity: SeverityKey,
  message: LocalizedText,
  path: z.string(),
  startLine: z.number().int().nullable(),
});
export type ChangedFinding = z.infer<typeof ChangedFinding>;

/** One condition of a gate and what became of it. */
export const GateCondition = z.object({
  id: z.enum(GATE_CONDITIONS),
  magic: MagicKey.optional(),
  severity: SeverityKey.optional(),
  actual: z.number().nullable().describe('null: nothing to tell it from'),
  warn: z.number().nullable(),
  fail: z.number().nullable(),
  status: z
    .enum(['passed', 'warning', 'failed', 'skipped', 'unknown'])
    .describe('skipped: the change is small; unknown: no evidence, which warns'),
});
export type GateCondition = z.infer<typeof GateCondition>;

/** From where on code counted as new, and the audit that stood for it; null when none was found. */
export const GateBaseline = z.object({
  since: z.enum(NEW_CODE_STARTS),
  auditId: z.uuid().nullable(),
  number: z.number().int().nullable(),
});

/** The gravest first; what else holds is in `also`. */
export const GateReason = Sentence.extend({
  also: z.array(Sentence).optional(),
  conditions: z.array(GateCondition).optional().describe('Not of audits from before there were any'),
  baseline: GateBaseline.optional(),
});
export type GateReason = z.infer<typeof GateReason>;

/** POST /projects/{id}/audit/trigger */
export const ManualAuditRequest = z.strictObject({
  auditType: z.enum(['full', 'incremental']).default('full').describe('Both give the same findings'),
  branch: BranchName.optional().describe('The project’s branch unless given'),
  enabledMagics: z.array(MagicKey).min(1).max(8).optional().describe('All eight unless given'),
  priority: z.enum(['low', 'normal', 'high']).default('normal').describe('Earlier or later in the queue'),
});
export type ManualAuditRequest = z.infer<typeof ManualAuditRequest>;

export const AuditTriggerResponse = z.object({
  taskId: z.uuid(),
  projectId: z.uuid(),
  status: AuditStatus,
  /** null when there is no history to estimate from. */
  estimatedCompletionTime: Instant.nullable(),
});
export type AuditTriggerResponse = z.infer<typeof AuditTriggerResponse>;

export const STAGES = ['prepare', 'collect', 'history', 'assemble', 'judge', 'settle'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** Where an audit stands, stage by stage. */
export const AuditProgress = z.object({
  status: AuditStatus,
  stages: z.array(
    z.object({
      stage: Stage,
      status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
      done: z.number().int(),
      total: z.number().int(),
      /** Sums over the stage's jobs: files, commits, findings … */
      counts: z.record(z.string(), z.number()),
      startedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
    }),
  ),
  magicsDone: z.number().int(),
  magicsTotal: z.number().int(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** From earlier audits; null without history. */
  estimatedCompletionTime: Instant.nullable(),
  /** Whether a worker is there to go on with it; true for what has ended. */
  hasWorker: z.boolean(),
});
export type AuditProgress = z.infer<typeof AuditProgress>;

/** A magic's card: its result in this audit, and the score before. */
export const MagicCard = z.object({
  magic: MagicKey,
  keptFrom: z
    .number()
    .int()
    .nullable()
    .describe('Number of the earlier audit that said it, when the newest one left the magic out; else null'),
  status: MagicCardStatus,
  score: z.number().nullable(),
  /** Score of the result before this audit; null when there was none. */
  previousScore: z.number().nullable(),
  coverage: z.number().nullable(),
  weight: z.number(),
  healthWeight: z
    .number()
    .describe('What it weighs in the health: less than `weight` where under half of it could be judged'),
  counts: Counts,
  fixes: z
    .number()
    .int()
    .describe('Findings that a mechanical fix may take away, at most: each is tried when asked for'),
  subScores: z.array(z.object({ id: z.string(), score: z.number().nullable() })),
  cap: z
    .object({ limit: z.number(), ruleId: z.string() })
    .nullable()
    .describe('What open findings of one rule hold the score at; null when they do not'),
  skipped: z.array(
    z.object({
      ruleId: z.string(),
      reason: z.string(),
      data: MessageData,
      text: LocalizedText,
      isInformational: z.boolean().describe('It measured, on too little to give points'),
      findings: z.number().int(),
    }),
  ),
  /** Milliseconds. */
  executionTime: z.number().nullable(),
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  errorCode: z.string().nullable(),
  worker: z.string().nullable(),
});
export type MagicCard = z.infer<typeof MagicCard>;

export const AuditSummary = z.object({
  auditId: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  number: z.number().int(),
  status: AuditStatus,
  auditType: z
    .enum(['full', 'incremental', 'chosen'])
    .describe('chosen: it left out magics that the policy asks; they keep their last result'),
  trigger: z.string(),
  requestedBy: z.string().nullable(),
  branch: z.string(),
  commit: z.object({ id: z.string(), subject: z.string(), author: z.string(), committedAt: Instant }).nullable(),
  configurationVersion: z
    .number()
    .int()
    .nullable()
    .describe(
      'Version of the team’s configuration it began with; 0: the default; null of audits from before there were any',
    ),
  healthScore: z.number().nullable(),
  healthCoverage: z.number().nullable(),
  healthChange: z
    .number()
    .nullable()
    .describe('From the audit before of its branch, in whole points: of both scores as they are shown'),
  gate: GateStatus.nullable(),
  gateReason: GateReason.nullable(),
  counts: Counts,
  newCounts: Counts,
  fixedCount: z.number().int(),
  magicsJudged: z.number().int(),
  magicsTotal: z.number().int(),
  errorCode: z.string().nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type AuditSummary = z.infer<typeof AuditSummary>;

export const AuditJobView = z.object({
  stage: Stage,
  key: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  worker: z.string().nullable(),
  tries: z.number().int(),
  counts: z.record(z.string(), z.number()),
  errorCode: z.string().nullable(),
  queuedAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type AuditJobView = z.infer<typeof AuditJobView>;

/** GET /audits/{id} */
export const AuditDetail = AuditSummary.extend({
  progress: AuditProgress,
  jobs: z.array(AuditJobView),
  magics: z.array(MagicCard),
  keptMagics: z
    .array(MagicCard)
    .describe('Results of earlier audits that count in the health: of magics this one left out'),
  resultHash: z.string().nullable(),
  evidence: EvidenceView.nullable().describe(
    'null while it runs, of one that failed or was cancelled, and of old ones',
  ),
  hostEvidence: HostEvidenceView.nullable().describe('What the Git host was asked; null where it was not'),
  /** Number of the last event; a client that saw a later one reads again. */
  eventSequence: z.number().int(),
  stats: z.record(z.string(), z.number()),
  enabledMagics: z.array(MagicKey),
  targetFiles: z.array(z.string()).describe('Files that the push changed; empty of audits that no push asked for'),
  changedFindings: z
    .array(ChangedFinding)
    .describe('Findings of this audit in those files, the gravest first; at most 20'),
});
export type AuditDetail = z.infer<typeof AuditDetail>;

/** POST /projects/{id}/past-audits */
export const PastAuditsRequest = z.strictObject({
  weeks: z.number().int().min(1).max(52).default(52).describe('How far back, one audit a week'),
});
export type PastAuditsRequest = z.infer<typeof PastAuditsRequest>;

/** `queued`: weeks that were not judged by these rules yet. */
export const PastAuditsResponse = z.object({ queued: z.number().int() });
export type PastAuditsResponse = z.infer<typeof PastAuditsResponse>;

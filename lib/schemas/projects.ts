import * as z from 'zod';
import { AuditProgress, AuditSummary, MagicCard } from './audits';
import {
  AuditStatus,
  BranchName,
  Counts,
  GateStatus,
  Instant,
  MagicCardStatus,
  MagicKey,
  NameText,
  PageRequest,
  PlainText,
  Sentence,
} from './common';

export const LONGEST_PROJECT_NAME = 120;
const ProjectName = NameText.trim().min(1).max(LONGEST_PROJECT_NAME);

/** POST /projects */
export const ProjectRequest = z.strictObject({
  repositoryUrl: z
    .string()
    .min(1)
    .max(2048)
    .describe('An https or ssh address, or a path where local ones are allowed'),
  projectName: ProjectName.optional().describe(
    'The name of the repository unless given, with more of its path where that name is taken',
  ),
  teamId: z.uuid().optional().describe('Your first team unless given'),
  branch: BranchName.optional().describe('The default branch unless given'),
  sshKeyId: z.uuid().optional().describe('Over ssh: a key of the team that was added at the Git host'),
  connectionId: z
    .uuid()
    .optional()
    .describe('With which connection of the team it is read; without one, as anybody, else with one for its host'),
});
export type ProjectRequest = z.infer<typeof ProjectRequest>;

/** PATCH /projects/{projectId} */
export const ProjectChange = z
  .strictObject({
    projectName: ProjectName.optional(),
    publicBadge: z.boolean().optional().describe('Whether anybody who knows its address sees the badge'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'name what is to change');
export type ProjectChange = z.infer<typeof ProjectChange>;

export const StackShare = z.object({ language: z.string(), share: z.number() });

export const InitialAnalysis = z.object({
  defaultBranch: z.string(),
  branches: z.number().int(),
  /** Largest share first; empty before the repository is fetched. */
  stack: z.array(StackShare),
  sizeBytes: z.number().nullable(),
  tier: z.enum(['micro', 'small', 'medium', 'large', 'xlarge']),
  recommendedPolicy: z.object({ preset: z.string(), strictness: z.number(), reason: Sentence }),
});
export type InitialAnalysis = z.infer<typeof InitialAnalysis>;

export const ProjectCreated = z.object({
  projectId: z.uuid(),
  auditId: z.uuid(),
  initialAnalysis: InitialAnalysis,
});
export type ProjectCreated = z.infer<typeof ProjectCreated>;

/** POST /projects/check: what registration would say, without a side effect. */
export const RegistrationCheck = z.object({
  repositoryUrl: z.string(),
  suggestedName: z.string(),
  checks: z.array(
    z.object({
      id: z.enum(['address', 'reachable', 'duplicate', 'branch', 'stack', 'policy']),
      outcome: z.enum(['passed', 'failed', 'unknown', 'waiting']),
      /** Code of lib/errors.ts or a sentence of the registration page. */
      detail: Sentence,
    }),
  ),
  duplicateOf: z.object({ projectId: z.uuid(), projectName: z.string() }).nullable(),
  connection: z.object({ connectionId: z.uuid(), name: z.string() }).nullable().describe('With which it is read'),
  initialAnalysis: InitialAnalysis.nullable(),
  canRegister: z.boolean(),
});
export type RegistrationCheck = z.infer<typeof RegistrationCheck>;

export const ProjectStatus = z.enum(['never_audited', 'auditing', 'passed', 'warning', 'failed', 'partial', 'error']);
export type ProjectStatus = z.infer<typeof ProjectStatus>;

export const ProjectFilter = PageRequest.extend({
  teamId: z.uuid().optional().describe('All your teams unless given'),
  status: ProjectStatus.optional().describe('What the project’s row says in one word'),
  search: PlainText.max(200).optional().describe('Part of a name or an address'),
  stack: PlainText.max(40).optional().describe('A programming language the repository is written in'),
  sort: z
    .enum(['last_audit', 'name', 'health'])
    .default('last_audit')
    .describe('Newest audit first, names from A, lowest health first'),
});
export type ProjectFilter = z.infer<typeof ProjectFilter>;

/** GET /projects: the lean row for machines. */
export const ProjectListItem = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  repositoryUrl: z.string(),
  lastAuditTime: Instant.nullable(),
  overallHealthScore: z.number().nullable(),
  status: ProjectStatus,
  teamName: z.string(),
});
export type ProjectListItem = z.infer<typeof ProjectListItem>;
export const ProjectPage = z.object({ items: z.array(ProjectListItem), nextCursor: z.string().nullable() });
export type ProjectPage = z.infer<typeof ProjectPage>;

/** What a change of health is measured from: history may be shorter than thirty days. */
const HealthChangeSince = z.enum(['30_days', 'first_audit']);
export type HealthChangeSince = z.infer<typeof HealthChangeSince>;

/** A row of the portfolio table. */
export const PortfolioRow = ProjectListItem.extend({
  teamId: z.uuid(),
  branch: z.string(),
  stack: z.array(StackShare),
  gate: GateStatus.nullable(),
  healthChange30d: z.number().nullable(),
  healthCoverage: z.number().nullable(),
  magicsJudged: z.number().int(),
  magicsTotal: z.number().int(),
  strip: z.array(z.object({ magic: MagicKey, status: MagicCardStatus, score: z.number().nullable() })),
  /** Health of the last audits, oldest first; null is a gap. */
  sparkline: z.array(z.number().nullable()),
  newCounts: Counts,
  lastAudit: z
    .object({
      auditId: z.uuid(),
      number: z.number().int(),
      status: AuditStatus,
      commitId: z.string().nullable(),
      trigger: z.string(),
    })
    .nullable(),
  running: z.object({ auditId: z.uuid(), number: z.number().int(), progress: AuditProgress }).nullable(),
  accessProblem: z.string().nullable(),
  isArchived: z.boolean().describe('At its Git host: the schedule and the asking for news pause'),
});
export type PortfolioRow = z.infer<typeof PortfolioRow>;

export const Portfolio = z.object({
  health: z.number().nullable(),
  healthChange30d: z.number().nullable(),
  healthChangeSince: HealthChangeSince,
  gatesFailed: z.number().int(),
  newCritical: z.number().int(),
  statusCounts: z.record(z.string(), z.number().int()),
  /** Projects by programming language, whatever is filtered for. */
  stackCounts: z.record(z.string(), z.number().int()),
  rows: z.array(PortfolioRow),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
export type Portfolio = z.infer<typeof Portfolio>;

/** GET /portfolio/counts */
export const PortfolioCounts = z.object({
  projects: z.number().int(),
  /** Projects with an audit that runs or waits. */
  auditing: z.number().int(),
});
export type PortfolioCounts = z.infer<typeof PortfolioCounts>;

export const TrendPoint = z.object({
  auditId: z.uuid(),
  number: z.number().int(),
  at: Instant,
  healthScore: z.number().nullable(),
  isPartial: z.boolean().describe('Some of what was asked could not be judged'),
  isChosen: z.boolean().describe('Chosen magics only: the others count with their last result'),
  isPast: z.boolean().describe('The branch as it was at the time `at`, judged later by the rules of that later day'),
  magics: z.record(z.string(), z.number().nullable()),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

export const TopRisk = z.object({
  path: z.string(),
  /** Relative risk index, 0–1. */
  risk: z.number(),
  reasons: z.array(Sentence),
  action: Sentence,
});
export type TopRisk = z.infer<typeof TopRisk>;

/** Everything the project page shows. */
export const ProjectOverview = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  repositoryUrl: z.string(),
  teamId: z.uuid(),
  teamName: z.string(),
  branch: z.string(),
  stack: z.array(StackShare),
  accessProblem: z.string().nullable(),
  isArchived: z.boolean().describe('At its Git host: the schedule and the asking for news pause'),
  canRunAudit: z.boolean(),
  canManage: z.boolean(),
  publicBadge: z.boolean(),
  /** The newest audit that judged something. */
  current: AuditSummary.nullable(),
  /** The audit that runs or waits now. */
  running: AuditSummary.nullable(),
  runningProgress: AuditProgress.nullable(),
  runningSequence: z.number().int().nullable(),
  /** Eight, in the fixed order; of the running audit where judged, else of the current one. */
  magics: z.array(MagicCard),
  /** The verdict that stands for the project: of an audit that asked all magics, where there is one. */
  gateAudit: AuditSummary.nullable(),
  healthChange30d: z.number().nullable(),
  healthChangeSince: HealthChangeSince,
  healthChangeOtherYardstickAuditId: z
    .uuid()
    .nullable()
    .describe('The audit that the change is measured from, where other settings or rules judged that one'),
  trend: z.array(TrendPoint),
  releases: z.array(z.object({ name: z.string(), at: Instant })),
  topRisks: z.array(TopRisk),
  recentAudits: z.array(AuditSummary),
  auditCount: z.number().int(),
  pastUnderWay: z.number().int().describe('Audits of past weeks that wait or run'),
  scheduleSkippedAt: Instant.nullable().describe(
    'When the schedule left an audit out because nothing had changed; null once it asked for one',
  ),
  openFindings: z.number().int(),
  settingsErrors: z.number().int().describe('Errors in the repository’s own settings, which then have no effect'),
});
export type ProjectOverview = z.infer<typeof ProjectOverview>;

export const MagicResultView = z.object({
  status: MagicCardStatus,
  keptFrom: z
    .number()
    .int()
    .nullable()
    .describe('Number of the earlier audit that said it, when the newest one left the magic out; else null'),
  score: z.number().nullable(),
  coverage: z.number().nullable(),
  violations: z.array(
    z.object({
      ruleId: z.string(),
      severity: z.string(),
      path: z.string().nullable(),
      line: z.number().nullable(),
      message: z.object({ en: z.string(), ja: z.string() }),
      fingerprint: z.string(),
    }),
  ),
  suggestions: z.array(
    z.object({ ruleId: z.string(), text: z.object({ en: z.string(), ja: z.string() }), isFixable: z.boolean() }),
  ),
  executionTime: z.number().nullable(),
  subScores: z.array(z.object({ id: z.string(), score: z.number().nullable() })),
  skipped: z.array(z.object({ ruleId: z.string(), reason: z.string() })),
});

/** GET /projects/{id}/audit-results */
export const AuditResults = ProjectListItem.extend({
  magicResults: z.record(z.string(), MagicResultView),
  latestResults: z.array(AuditSummary),
  trendData: z.array(TrendPoint),
  summaryStatistics: z.object({
    audits: z.number().int(),
    openFindings: z.number().int(),
    counts: Counts,
    averageHealthScore: z.number().nullable(),
    bestHealthScore: z.number().nullable(),
    worstHealthScore: z.number().nullable(),
  }),
});
export type AuditResults = z.infer<typeof AuditResults>;

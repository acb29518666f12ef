import * as z from 'zod';
import { Instant } from './common';
import { IN_CLUSTER } from './in-cluster';

export const CLUSTER_VERBS = ['validate', 'diff', 'status', 'apply', 'destroy'] as const;
export type ClusterVerb = (typeof CLUSTER_VERBS)[number];

export const RUN_STATUSES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const CLUSTER_PHASES = [
  'infrastructure',
  'storage',
  'workers',
  'api',
  'ui',
  'monitoring',
  'validation',
] as const;

const MOST_TEXT = 200_000;
const Phase = z.enum(CLUSTER_PHASES);

/** A value of the configuration by its path, as `web.minReplicas`. */
const ConfigurationChange = z.strictObject({
  path: z.string().regex(/^[A-Za-z]\w{0,40}(?:\.[A-Za-z]\w{0,40}){0,5}$/),
  value: z.union([z.string().max(400), z.number(), z.boolean(), z.null()]),
});
export type ConfigurationChange = z.infer<typeof ConfigurationChange>;

const Draft = {
  text: z.string().max(MOST_TEXT).describe('YAML; comments are kept'),
  changes: z.array(ConfigurationChange).max(200).default([]).describe('Values that are set over the text'),
};

export const ConfigurationDraft = z.strictObject(Draft);
export type ConfigurationDraft = z.infer<typeof ConfigurationDraft>;

export const ConfigurationSave = z.strictObject({
  ...Draft,
  version: z.int().min(0).describe('Of what was changed; 0: there was none'),
});
export type ConfigurationSave = z.infer<typeof ConfigurationSave>;

const Problem = z.object({
  field: z.string().describe('Path, as `web.maxReplicas`; empty: the whole text'),
  problem: z.string(),
  kind: z.string().optional(),
  expected: z.string().optional(),
  line: z.number().nullable(),
});
export type ConfigurationProblem = z.infer<typeof Problem>;

export const CheckedConfiguration = z.object({
  text: z.string().describe('With the changes'),
  configuration: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('With all that its mode adds; null where something is wrong'),
  problems: z.array(Problem),
});
export type CheckedConfiguration = z.infer<typeof CheckedConfiguration>;

export const ClusterRunOptions = z.object({
  isForced: z.boolean().default(false).describe('Takes fields away from others who own them'),
  withData: z.boolean().default(false).describe('Also removes what holds data'),
});
export type ClusterRunOptions = z.infer<typeof ClusterRunOptions>;

export const ClusterRunRequest = ClusterRunOptions.extend({
  verb: z.enum(CLUSTER_VERBS),
  confirm: z.string().max(60).optional().describe('To destroy: the name of the instance'),
}).strict();
export type ClusterRunRequest = z.input<typeof ClusterRunRequest>;

/** What a cluster refused, as k8s/cluster/cluster-problem.ts tells it. */
export const ClusterProblemView = z.object({
  clusterProblem: z.string(),
  cluster: z.string(),
  object: z.string().nullable(),
  cause: z.string(),
});
export type ClusterProblemView = z.infer<typeof ClusterProblemView>;

const Detail = z.object({
  what: z.string(),
  available: z.number().optional(),
  updated: z.number().optional(),
  wanted: z.number().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
export const VerdictView = z.object({ state: z.enum(['met', 'waiting', 'failed']), detail: Detail });
export type VerdictView = z.infer<typeof VerdictView>;

export const PhaseProgress = z.object({
  phase: Phase,
  state: z.enum(['waiting', 'running', 'done', 'already-done', 'failed']),
  object: z.string().nullable().describe('What is at hand'),
  verdict: VerdictView.nullable(),
  objects: z.number().int().describe('Objects that are as planned'),
});
export type PhaseProgress = z.infer<typeof PhaseProgress>;

const Note = z.object({
  type: z.enum(['engine-missing', 'secret-made', 'removed', 'kept', 'stuck']),
  object: z.string(),
  need: z.string().optional(),
  fallback: z.string().optional(),
});
export type ClusterNote = z.infer<typeof Note>;

export const ClusterProgress = z.object({
  cluster: z.string(),
  phases: z.array(PhaseProgress),
  notes: z.array(Note),
});
export type ClusterProgress = z.infer<typeof ClusterProgress>;

export const FailureView = z.object({
  phase: Phase,
  object: z.string(),
  problem: ClusterProblemView.nullable(),
  verdict: VerdictView.nullable(),
  evidence: z
    .object({
      conditions: z.array(z.string()),
      events: z.array(z.string()),
      pod: z
        .object({ name: z.string(), container: z.string(), reason: z.string(), log: z.array(z.string()) })
        .nullable(),
      unread: z.array(z.string()),
    })
    .nullable(),
  recovery: z.string().describe('Key of what to do'),
});
export type FailureView = z.infer<typeof FailureView>;

const ObjectDifference = z.object({
  phase: Phase.nullable(),
  object: z.string(),
  change: z.enum(['create', 'change', 'same', 'refused', 'unchecked', 'remove', 'keep']),
  fields: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  problem: ClusterProblemView.nullable(),
  recovery: z.string().nullable(),
});
const PlanProblem = z.object({
  object: z.string(),
  problem: z.enum(['unknown-field', 'wrong-type', 'bad-name', 'bad-label', 'twice']),
  field: z.string(),
  expected: z.string().nullable(),
});

/** What came of a run on one cluster. */
export const ClusterEnd = z.object({
  cluster: z.string().nullable().describe('Context; null: none was asked'),
  state: z.enum(['fine', 'not-fine', 'lost']),
  isHome: z.boolean(),
  problem: ClusterProblemView.nullable(),
  holder: z.string().nullable().describe('Who else works on it; empty: the lock was lost'),
  failure: FailureView.nullable(),
  lackingSecrets: z.array(z.object({ namespace: z.string(), name: z.string(), keys: z.array(z.string()) })),
  differences: z.array(ObjectDifference).nullable(),
  planProblems: z.array(PlanProblem),
  uncheckedKinds: z.array(z.string()),
  checksPassed: z.number().nullable(),
  objects: z
    .array(z.object({ phase: Phase, object: z.string(), verdict: VerdictView, recovery: z.string() }))
    .nullable(),
  lastApply: z.enum(['running', 'failed', 'cancelled', 'complete']).nullable(),
  isSameConfiguration: z.boolean(),
  counts: z.object({ objects: z.number(), removed: z.number(), kept: z.number(), stuck: z.number() }),
});
export type ClusterEnd = z.infer<typeof ClusterEnd>;

const RunHead = {
  runId: z.uuid(),
  verb: z.enum(CLUSTER_VERBS),
  status: z.enum(RUN_STATUSES),
  version: z.number().int().describe('Of the configuration'),
  options: ClusterRunOptions,
  errorCode: z.string().nullable(),
  requestedBy: z.string().nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  isStopping: z.boolean(),
};
export const ClusterRunLine = z.object(RunHead);
export type ClusterRunLine = z.infer<typeof ClusterRunLine>;

export const ClusterRunView = z.object({
  ...RunHead,
  progress: z.array(ClusterProgress),
  ends: z.array(ClusterEnd),
});
export type ClusterRunView = z.infer<typeof ClusterRunView>;

export const ClusterView = z.object({
  access: z.enum(['none', 'kubeconfig', IN_CLUSTER]).describe('What CLUSTER_KUBECONFIG says'),
  version: z.number().int().describe('Of the configuration; 0: there is none'),
  updatedAt: Instant.nullable(),
  checked: CheckedConfiguration,
  runs: z.array(ClusterRunLine).describe('The newest first'),
});
export type ClusterView = z.infer<typeof ClusterView>;

export const ClusterRunParams = z.object({ runId: z.uuid().describe('From the runs of the cluster') });

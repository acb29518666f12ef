import * as z from 'zod';
import { FRAMEWORK_IDS } from '@/lib/magics/frameworks';
import { GateRules } from '@/lib/magics/gate-policy';
import { isSeen } from '@/lib/magics/hidden-text';
import { isPathGlob } from '@/lib/magics/path-globs';
import { Policy } from '@/lib/magics/policy';
import { PRESET_IDS } from '@/lib/magics/presets';
import { LANGUAGES } from '@/lib/magics/types';
import { GateReason } from './audits';
import { ChannelName } from './channels';
import {
  Counts,
  GateStatus,
  Instant,
  LocalizedText,
  MagicKey,
  NOT_SEEN,
  PageRequest,
  Sentence,
  SeverityKey,
} from './common';
import { cronProblem, isTimeZone } from './cron';
import { RuleOptionView } from './magics';
import { toHundredths } from './to-hundredths';
import { LONGEST_REASON, PersonView, Prose } from './triage';

export const PresetKey = z.enum(PRESET_IDS);
export type PresetKey = z.infer<typeof PresetKey>;

/** Projects that one preview looks at. */
export const MOST_PREVIEWED = 200;

export const MOST_BRANCH_PATTERNS = 50;

/** Names of branches and patterns of them. */
export const BranchPattern = z
  .string()
  .trim()
  .min(1)
  .max(250)
  .refine(isPathGlob, 'not a pattern of branches: * within a part of a name, ** for any number of parts');

/** When audits of the main branch are asked for. */
export const Schedule = z.strictObject({
  isEnabled: z.boolean().default(true),
  cron: z
    .string()
    .max(100)
    .check(({ value, issues }) => {
      const problem = cronProblem(value);
      if (problem) issues.push({ code: 'custom', input: value, message: problem });
    })
    .describe('Five fields: minute hour day-of-month month day-of-week; at most once an hour'),
  timeZone: z.string().max(64).refine(isTimeZone, 'not the name of a time zone, as Europe/Berlin').default('UTC'),
  skipUnchanged: z
    .boolean()
    .default(false)
    .describe('Leaves an audit out when commit, policy and rules are those of the newest one'),
});
export type Schedule = z.infer<typeof Schedule>;

/** Older audits are deleted; a project's current audit, the newest of each branch and those under way never are. */
export const Retention = z.strictObject({
  days: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .nullable()
    .default(null)
    .describe('Older ones are deleted; null: none for its age'),
  audits: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .default(null)
    .describe('Kept of each branch of a project, the newest; null: all'),
});
export type Retention = z.infer<typeof Retention>;

/** What a Git host is told of audits of pull requests and pushes. */
export const PullRequests = z.strictObject({
  audit: z.boolean().default(true).describe('Whether pull requests are audited'),
  drafts: z.boolean().default(false).describe('Drafts, too'),
  commitStates: z.boolean().default(true).describe('A check or a status beside each audited commit'),
  annotations: z.boolean().default(true).describe('New findings on the lines that changed, where the host has checks'),
  comment: z.boolean().default(true).describe('One comment, edited in place, where there is something to say'),
  language: z.enum(LANGUAGES).default('en'),
  template: z
    .string()
    .max(4_000)
    .refine((text) => text.includes('{gate}'), 'must hold {gate}')
    .nullable()
    .default(null)
    .describe('Markdown of the comment, with {gate}, {new}, {fixed} and {link}; null: ours'),
});
export type PullRequests = z.infer<typeof PullRequests>;

const { gate: _, strictness, ...JUDGING } = Policy.shape;

/** Two decimals, as the editor offers: sums of steps leave no dust that is equal to no preset. */
const Strictness = strictness.unwrap().overwrite(toHundredths).default(strictness.parse(undefined));

const SECTIONS = {
  ...JUDGING,
  strictness: Strictness,
  gate: GateRules.prefault({}),
  schedule: Schedule.nullable().default(null),
  retention: Retention.prefault({}),
  pullRequests: PullRequests.prefault({}),
  branches: z
    .array(BranchPattern)
    .max(MOST_BRANCH_PATTERNS)
    .default([])
    .describe('Besides the branch of the project, those of which pushes are audited: names and patterns as release/*'),
  complianceFrameworks: z.array(z.enum(FRAMEWORK_IDS)).max(FRAMEWORK_IDS.length).default([]),
  /** Whether projects may make their badge public. */
  publicBadge: z.boolean().default(true),
};

/** A team's own rules, and what its projects may show to everybody, are the same for all of its projects. */
const { ownRules: _own, publicBadge: _badge, ...OVERRIDABLE } = SECTIONS;
type OverridableKey = keyof typeof OVERRIDABLE;

export const SECTION_IDS = Object.keys(OVERRIDABLE) as [OverridableKey, ...OverridableKey[]];
export const SectionKey = z.enum(SECTION_IDS);
export type SectionKey = z.infer<typeof SectionKey>;

/** All that a team decides about its audits. */
export const Configuration = z.strictObject({
  ...SECTIONS,
  /** Sections that a project may set for itself. */
  overrides: z.array(SectionKey).max(SECTION_IDS.length).default([]),
});
export type Configuration = z.infer<typeof Configuration>;

/** What one project sets instead of its team: of `magics` and `rules` single entries, of the others whole sections. */
export const ProjectOverride = z.strictObject({
  strictness: SECTIONS.strictness.unwrap().optional(),
  focusAreas: SECTIONS.focusAreas.unwrap().optional(),
  magics: SECTIONS.magics.unwrap().optional(),
  rules: SECTIONS.rules.unwrap().optional(),
  ignorePaths: SECTIONS.ignorePaths.unwrap().optional(),
  pathRules: SECTIONS.pathRules.unwrap().optional(),
  repository: SECTIONS.repository.unwrap().optional(),
  gate: SECTIONS.gate.unwrap().optional(),
  schedule: SECTIONS.schedule.unwrap().optional(),
  retention: SECTIONS.retention.unwrap().optional(),
  pullRequests: SECTIONS.pullRequests.unwrap().optional(),
  branches: SECTIONS.branches.unwrap().optional(),
  complianceFrameworks: SECTIONS.complianceFrameworks.unwrap().optional(),
});
export type ProjectOverride = z.infer<typeof ProjectOverride>;

const Reason = Prose.trim().min(1).max(LONGEST_REASON).describe('Why; it is kept with the version');
const Version = z.number().int().min(0).describe('0: nothing was ever saved, the default holds');
const HeldVersion = Version.describe('The version you have seen; `conflict` when it is no longer the current one');

/** One value that is not as it was; null: it was or is not there. */
export const Difference = z.object({
  path: z.string().describe('As `gate.health.fail` or `rules.strict/no-secret.severity`'),
  before: z.unknown(),
  after: z.unknown(),
});
export type Difference = z.infer<typeof Difference>;

/** PUT /teams/{teamId}/configuration */
export const ConfigurationRequest = z
  .strictObject({
    version: HeldVersion,
    configuration: Configuration,
    preset: PresetKey.nullable().default(null).describe('The one it started from; what differs from it is shown'),
    reason: Reason,
  })
  // Only what is written now: what was kept before is read as it is.
  .superRefine(({ configuration }, ctx) => {
    for (const [at, { title, why, fix, message = {} }] of configuration.ownRules.entries()) {
      for (const [part, text] of Object.entries({ title, why, fix, message })) {
        for (const [language, said] of Object.entries(text)) {
          if (said === undefined || isSeen(said)) continue;
          ctx.addIssue({ code: 'custom', path: ['configuration', 'ownRules', at, part, language], ...NOT_SEEN });
        }
      }
    }
  });
export type ConfigurationRequest = z.infer<typeof ConfigurationRequest>;

/** POST /teams/{teamId}/configuration/restore */
export const RestoreRequest = z.strictObject({
  version: z.number().int().min(1).describe('The one to make current again, as a version of its own'),
  currentVersion: HeldVersion,
  reason: Reason,
});
export type RestoreRequest = z.infer<typeof RestoreRequest>;

export const VersionSummary = z.object({
  version: z.number().int(),
  preset: PresetKey.nullable(),
  reason: z.string(),
  restoredFrom: z
    .number()
    .int()
    .nullable()
    .describe('The version it made current again; null when it was written anew'),
  /** null: a person who is gone. */
  changedBy: PersonView.nullable(),
  changedAt: Instant,
  changes: z.number().int().describe('Values that are not as in the version before'),
});
export type VersionSummary = z.infer<typeof VersionSummary>;

export const VersionPage = z.object({ items: z.array(VersionSummary), nextCursor: z.string().nullable() });
export type VersionPage = z.infer<typeof VersionPage>;
/** GET /teams/{teamId}/configuration/history */
export const VersionListRequest = PageRequest;

/** GET /teams/{teamId}/configuration/history/{version} */
export const VersionDetail = VersionSummary.extend({
  configuration: Configuration,
  differences: z.array(Difference).describe('To the version before; to the default of the first one'),
  isCurrent: z.boolean(),
});
export type VersionDetail = z.infer<typeof VersionDetail>;

const OPTION_KINDS = ['number', 'switch', 'text', 'choice', 'texts', 'choices', 'objects', 'record'] as const;

/** A value that can be set, as its schema says. */
export const OptionView = z.object({
  path: z.string().describe('`*` stands for any key or place of a list'),
  description: LocalizedText,
  kind: z.enum(OPTION_KINDS).describe('`texts`, `choices` and `objects` are lists; a `record` has keys of its own'),
  isInteger: z.boolean(),
  isNullable: z.boolean(),
  choices: z.array(z.string()).describe('What it may be; anything when empty'),
  least: z.number().nullable(),
  most: z.number().nullable(),
  longest: z.number().int().nullable().describe('Characters of a text'),
  mostItems: z.number().int().nullable().describe('Of a list'),
  fallback: z.string().nullable().describe('What holds unless it is set, as JSON; null when nothing does'),
});
export type OptionView = z.infer<typeof OptionView>;

export const PresetView = z.object({
  preset: PresetKey,
  configuration: Configuration,
  differences: z.array(Difference).describe('From the default'),
});
export type PresetView = z.infer<typeof PresetView>;

export const AvailableOptions = z.object({
  fields: z.array(OptionView),
  magics: z.array(z.object({ magic: MagicKey, title: LocalizedText, weight: z.number(), rules: z.number().int() })),
  rules: z.array(
    z.object({
      ruleId: z.string(),
      magic: MagicKey,
      catalogue: z.string(),
      group: z.string(),
      title: LocalizedText,
      severity: SeverityKey,
      weight: z.number(),
      limits: z.object({ per: z.string(), good: z.number(), bad: z.number() }).nullable(),
      options: z.array(RuleOptionView),
      optionsSchema: z.record(z.string(), z.unknown()).describe('JSON Schema of `options`'),
      tags: z.array(z.string()),
    }),
  ),
  severities: z.array(SeverityKey),
  presets: z.array(PresetView),
  frameworks: z.array(
    z.object({
      frameworkId: z.enum(FRAMEWORK_IDS),
      title: LocalizedText,
      rules: z.number().int().describe('Tagged with it'),
    }),
  ),
  sections: z.array(SectionKey).describe('What `overrides` may name'),
  focusFactor: z.number().describe('By which the weight of a focus area is multiplied'),
  ownRuleSchema: z.record(z.string(), z.unknown()).describe('JSON Schema of an entry of `ownRules`'),
});
export type AvailableOptions = z.infer<typeof AvailableOptions>;

/** GET and PUT /teams/{teamId}/configuration */
export const ConfigurationView = z.object({
  teamId: z.uuid(),
  configuration: Configuration,
  version: Version,
  preset: PresetKey.nullable(),
  presetDifferences: z.array(Difference).describe('From the preset; from the default without one'),
  changedBy: PersonView.nullable(),
  changedAt: Instant.nullable(),
  canChange: z.boolean(),
  customizationHistory: VersionPage.describe('The newest; `nextCursor` goes on in …/configuration/history'),
  availableOptions: AvailableOptions,
  notificationChannels: z.array(ChannelName).describe('Where the team is told what happens; set by …/channels'),
});
export type ConfigurationView = z.infer<typeof ConfigurationView>;

/** What the problem of a 409 says besides. */
export interface VersionConflict {
  yourVersion: number;
  currentVersion: number;
  current: Configuration | ProjectOverride;
  /** Of what moved: the project's own version, or else the team's. */
  changedBy: z.infer<typeof PersonView> | null;
  changedAt: string | null;
  /** For a project: what its override lies on. */
  team?: { yourVersion: number; currentVersion: number; current: Configuration };
}

/** PUT /projects/{projectId}/configuration */
export const OverrideRequest = z.strictObject({
  version: HeldVersion,
  teamVersion: HeldVersion.describe(
    'The version of the team’s configuration you have seen; `conflict` when it is no longer the current one',
  ),
  override: ProjectOverride,
  reason: Reason,
});
export type OverrideRequest = z.infer<typeof OverrideRequest>;

/** POST /projects/{projectId}/configuration/restore */
export const OverrideRestoreRequest = RestoreRequest.extend({ teamVersion: OverrideRequest.shape.teamVersion });
export type OverrideRestoreRequest = z.infer<typeof OverrideRestoreRequest>;

/** GET and PUT /projects/{projectId}/configuration */
export const ProjectConfigurationView = z.object({
  projectId: z.uuid(),
  teamId: z.uuid(),
  override: ProjectOverride.describe('What was saved; sections the team does not allow (any more) have no effect'),
  team: Configuration.describe('The team’s, of version `teamVersion`'),
  effective: Configuration.describe('The team’s with what of the override counts'),
  overridden: z.array(Difference).describe('From the team’s configuration'),
  allowed: z.array(SectionKey),
  withoutEffect: z.array(SectionKey).describe('Sections that were saved and the team does not allow'),
  version: Version,
  teamVersion: Version,
  reason: z.string().nullable(),
  changedBy: PersonView.nullable(),
  changedAt: Instant.nullable(),
  canChange: z.boolean(),
});
export type ProjectConfigurationView = z.infer<typeof ProjectConfigurationView>;

/** GET /projects/{projectId}/configuration/history/{version} */
export const OverrideVersionDetail = VersionSummary.extend({
  override: ProjectOverride,
  differences: z.array(Difference).describe('To the version before; to none of the first one'),
  isCurrent: z.boolean(),
});
export type OverrideVersionDetail = z.infer<typeof OverrideVersionDetail>;

/** POST /teams/{teamId}/configuration/preview */
export const PreviewRequest = z.strictObject({
  configuration: Configuration,
  projectIds: z.array(z.uuid()).min(1).max(MOST_PREVIEWED).optional().describe('All of the team unless given'),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** POST /projects/{projectId}/configuration/preview */
export const OverridePreviewRequest = z.strictObject({ override: ProjectOverride });
export type OverridePreviewRequest = z.infer<typeof OverridePreviewRequest>;

export const PreviewState = z.object({
  healthScore: z.number().nullable(),
  healthCoverage: z.number().nullable(),
  gate: GateStatus.nullable(),
  gateReason: GateReason.nullable(),
  counts: Counts.describe('Open findings by severity'),
  magics: z.array(
    z.object({
      magic: MagicKey,
      status: z.string(),
      score: z.number().nullable(),
      coverage: z.number().nullable(),
      weight: z.number().describe('0: switched off'),
    }),
  ),
});
export type PreviewState = z.infer<typeof PreviewState>;

/** Why what a rule would say cannot be told from what is stored of results. */
export const NOT_PREVIEWED = [
  'switched-on',
  'options',
  'paths',
  'repository',
  'severity',
  'not-kept',
  'other-version',
] as const;

/** Why rules were not asked of the facts that the audit left. */
export const NOT_ASKED = ['facts-gone', 'no-time', 'other-version'] as const;

export const ProjectPreview = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  audit: z
    .object({ auditId: z.uuid(), number: z.number().int(), endedAt: Instant.nullable() })
    .nullable()
    .describe('The one that is judged anew; null when there is none'),
  unavailable: Sentence.nullable().describe('Why there are no numbers'),
  now: PreviewState.nullable(),
  next: PreviewState.nullable(),
  appearing: Counts.describe('Findings that would be open and are not'),
  vanishing: Counts.describe('Findings that are open and would not be'),
  isExact: z
    .boolean()
    .describe('False when rules need an audit, or the gate does: `next` is without what they would say anew'),
  isGateKnown: z.boolean().describe('False when only an audit can tell what is new: `next` has no gate'),
  needAudit: z
    .array(z.object({ ruleId: z.string().describe('`*`: every rule'), reason: z.enum(NOT_PREVIEWED) }))
    .describe('Rules that keep what they said last, until an audit asks them'),
  notAsked: z
    .enum(NOT_ASKED)
    .nullable()
    .describe(
      'Why these rules were not asked of the stored facts: they are gone, the preview’s time was over, or the audit is of other rules; null: what they need is not stored, or nothing is left open',
    ),
});
export type ProjectPreview = z.infer<typeof ProjectPreview>;

export const ConfigurationPreview = z.object({
  items: z.array(ProjectPreview),
  leftOut: z.number().int().describe('Projects beyond those that one preview looks at'),
  differences: z.array(Difference).describe('From what is saved'),
});
export type ConfigurationPreview = z.infer<typeof ConfigurationPreview>;

/** GET /projects/{projectId}/recommended-policy */
export const RecommendedPolicy = z.object({
  projectId: z.uuid(),
  preset: PresetKey,
  configuration: Configuration,
  differences: z.array(Difference).describe('From the team’s configuration'),
  presetReason: Sentence,
  choices: z
    .array(z.object({ path: z.string(), value: z.unknown(), reason: Sentence }))
    .describe('Beyond the preset, each with its reason; texts by id in the product'),
  evidence: z
    .object({
      auditId: z.uuid().nullable(),
      languages: z.array(z.string()),
      codeLines: z.number().int().nullable(),
      commits: z.number().int().nullable(),
      authors: z.number().int().nullable(),
      tests: z.number().int().nullable(),
      hasPipeline: z.boolean().nullable(),
      hasLicence: z.boolean().nullable(),
    })
    .describe('What it is made from; null: not known'),
});
export type RecommendedPolicy = z.infer<typeof RecommendedPolicy>;

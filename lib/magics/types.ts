import type { OwnRule } from './own-rules/own-rule';

export const MAGIC_IDS = ['integrity', 'tdd', 'flow', 'strict', 'git', 'sages', 'servant', 'predictive'] as const;
export type MagicId = (typeof MAGIC_IDS)[number];

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const MAGIC_STATUSES = ['passed', 'warning', 'failed', 'inconclusive', 'not_applicable', 'error'] as const;
export type MagicStatus = (typeof MAGIC_STATUSES)[number];

/** `not-available`: facts missing. `error`: the rule threw. `not-applicable`: nothing of its kind in the repository. */
export type RuleOutcome = 'passed' | 'failed' | 'not-available' | 'not-applicable' | 'inconclusive' | 'error';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Text = Record<Language, string>;

export type MessageData = Record<string, string | number>;

export interface Location {
  path: string;
  line: number;
  endLine?: number;
}

/** What a check yields. */
export interface RawFinding {
  messageId: string;
  data?: MessageData;
  /** Left out when the finding is about the repository or a commit. */
  location?: Location;
  /** Further places (the other half of a clone, the rest of a cycle). */
  related?: Location[];
  /** Full commit ids, newest first. */
  commits?: string[];
  /** At most 200 characters, secrets masked. */
  evidence?: string;
  /** Overrides the rule's. */
  severity?: Severity;
  /** 0–1; overrides the rule's. */
  confidence?: number;
  /** What identifies the finding when lines move; by default messageId and data. */
  anchor?: string;
  /** What it adds to the value its rule returns, as a number of findings; 1 by default. */
  weight?: number;
}

/** Whole lines of one file taken out, and what comes in their place; 1-based and inclusive, without line ends. */
export interface LineEdit {
  from: number;
  to: number;
  lines: readonly string[];
}

/** What a check may return, for rules whose value is not "findings per something". */
export interface Measure {
  /** In the unit of `limits`. */
  value: number;
  /** How many events or subjects the value is made of; under 10 the rule is informational. */
  population?: number;
  metrics?: Record<string, number>;
}

export interface Unavailable {
  outcome: 'not-available' | 'not-applicable' | 'inconclusive';
  /** Id in the rule's `messages`, or one of `REASONS`. */
  reason: string;
  data?: MessageData;
  metrics?: Record<string, number>;
}

/**
 * How a value becomes points: 100 at `good`, 0 at `bad`, linear between.
 * `per` divides the number of findings: `kloc` (1,000 production code lines), `commentLines`, `functions`, `tests`,
 * `files` (production), `sites` (the plain count), or `measure` (the check returns the value itself).
 */
export interface Limits {
  per: 'kloc' | 'commentLines' | 'functions' | 'tests' | 'files' | 'sites' | 'measure';
  good: number;
  bad: number;
  /** Range of the value, [0, Infinity] by default; shares are [0, 1]. */
  range?: [number, number];
}

export interface Finding {
  ruleId: string;
  magic: MagicId;
  severity: Severity;
  confidence: number;
  path: string | null;
  startLine: number | null;
  endLine: number | null;
  related: Location[];
  commits: string[];
  messageId: string;
  data: MessageData;
  evidence: string | null;
  /** SHA-256, hexadecimal, of rule, path, anchor and occurrence: stable when lines move. */
  fingerprint: string;
  /** What it was under the path its file had before; only where that is known. */
  formerFingerprint?: string;
}

/** Where a repository asks for findings to be let stand. */
export type SuppressionSource = 'line' | 'file' | 'settings';

/** Who asked, where and why. */
export interface RepositorySuppression {
  source: SuppressionSource;
  /** Where it is written. */
  path: string;
  line: number;
  reason: string;
  /** Last day on which it counts, `2026-12-31`; null for one in a comment. */
  expires: string | null;
}

/** What a team says of a finding that it lets stand. */
export const VERDICTS = ['accepted', 'false_positive', 'wont_fix'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict of the team, given on a server. */
export interface TeamSuppression {
  source: 'team';
  verdict: Verdict;
  reason: string;
  /** Last day on which it counts; null for good. */
  expires: string | null;
}

export type Suppression = RepositorySuppression | TeamSuppression;

/** A finding that is listed and does not weigh. */
export interface SuppressedFinding extends Finding {
  suppression: Suppression;
}

/**
 * `unused`: the rule found nothing there. `expired`: its last day was before the commit. `refused`: the team's policy lets
 * nothing of it stand. `not-judged`: the rule was off or lacked facts.
 */
export const SUPPRESSION_STATES = ['used', 'unused', 'expired', 'refused', 'not-judged'] as const;
export type SuppressionState = (typeof SUPPRESSION_STATES)[number];

/** A suppression and what became of it. */
export interface SuppressionUse extends RepositorySuppression {
  ruleId: string;
  /** Glob of paths; null for all that the rule reports. */
  target: string | null;
  state: SuppressionState;
  /** Findings it covers that do not weigh. */
  suppressed: number;
  /** Findings it covers that the team's policy keeps open. */
  kept: number;
}

/** Words that a repository's `.elder.yml` adds to an option of a rule. */
export interface AddedWords {
  ruleId: string;
  option: string;
  words: readonly string[];
  /** False where the team's policy refuses them, the rule is off, or the option cannot hold so many. */
  isInEffect: boolean;
}

/** What the repository's own settings leave out. */
export interface IgnoredPaths {
  /** Refused by the team's policy: nothing was left out. */
  isRefused: boolean;
  files: number;
  codeLines: number;
  globs: { glob: string; files: number }[];
}

/** One line of the sum behind a magic's score. */
export interface RuleResult {
  ruleId: string;
  outcome: RuleOutcome;
  /** Measured value in the unit of the limits; null when nothing was measured. */
  value: number | null;
  population: number | null;
  /** Effective limits at the policy's strictness; null for metrics without limits. */
  good: number | null;
  bad: number | null;
  /** 0–100; null when left out of the score. */
  score: number | null;
  weight: number;
  /** Counted for information only: too little code or too few events. */
  isInformational: boolean;
  findings: number;
  /** Findings beyond the cap that were counted and not kept. */
  dropped: number;
  /** Findings that the repository asks or the team decided to let stand; not among `findings`. */
  suppressed: number;
  reason: { id: string; data: MessageData } | null;
  metrics: Record<string, number>;
}

export interface SubScore {
  id: string;
  score: number | null;
}

export interface SkippedRule {
  ruleId: string;
  reason: string;
  data: MessageData;
}

/** Deterministic: holds no time and no machine. */
export interface MagicResult {
  magic: MagicId;
  magicVersion: number;
  status: MagicStatus;
  /** 0–100, one decimal; null when nothing could be judged. */
  score: number | null;
  /** Weight of the rules judged over the weight of all rules switched on, 0–1. */
  coverage: number;
  /** The cap that lowered the score, else null. */
  cap: { limit: number; ruleId: string } | null;
  subScores: SubScore[];
  rules: RuleResult[];
  /** Those that weigh. */
  findings: Finding[];
  suppressed: SuppressedFinding[];
  /** Every suppression of a rule of this magic. */
  suppressions: SuppressionUse[];
  /** By rule and option. */
  words: AddedWords[];
  /** null when the repository ignores no paths. */
  ignored: IgnoredPaths | null;
  /** Rules of the team's own that were asked; left out without any. */
  ownRules?: readonly OwnRule[];
  counts: Record<Severity, number>;
  metrics: Record<string, number>;
  skipped: SkippedRule[];
  analysedFiles: number;
  analysedCommits: number;
}

export interface Group {
  id: string;
  title: Text;
  weight?: number;
}

/** Where a rule looks, for people who search the catalogue. */
export const EVIDENCE_KINDS = [
  'code',
  'tests',
  'files',
  'history',
  'settings',
  'dependencies',
  'host',
  'audits',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Reasons shared by all rules. */
export const REASONS = [
  'fact-missing',
  'too-little',
  'no-subjects',
  'not-recognised',
  'shallow',
  'no-provider',
  'host-scope',
  'host-untold',
  'host-limit',
  'host-refused',
  'host-down',
  'no-audits',
  'no-advisories',
  'own-not-asked',
  'own-unread',
  'threw',
  'disabled',
] as const;

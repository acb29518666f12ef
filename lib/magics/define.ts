import type * as z from 'zod';
import type { BaseFacts, FactName, FactTables } from './facts';
import type { LastAuditFact, ScoreFact } from './facts/audits';
import type { AdvisoriesFact } from './facts/project';
import type { ProviderFact } from './facts/provider';
import type { Policy } from './policy';
import type {
  Finding,
  Group,
  Language,
  Limits,
  LineEdit,
  MagicId,
  Measure,
  RawFinding,
  Severity,
  Text,
  Unavailable,
} from './types';

/** A small repository written by hand; tests turn it into real facts with the real collectors. */
export interface Sketch {
  files?: Record<string, string>;
  /** Oldest first. Files are whole contents; null deletes. Without `commits`, `files` are one commit. */
  commits?: SketchCommit[];
  tags?: { name: string; commit: number; isAnnotated?: boolean; at?: string }[];
  options?: Record<string, unknown>;
  /** What the host says, `mergeCommitId` by the commit’s subject; without it rules that ask the host are not evaluated. */
  provider?: ProviderFact;
  /** Results of earlier audits; without them rules that look back at scores are not evaluated. */
  scores?: ScoreFact[];
  /** What the server judged before; without it rules about that are not evaluated. */
  lastAudit?: LastAuditFact;
  /** What advisory data says; without it rules that ask such data are not evaluated. */
  advisories?: AdvisoriesFact;
}

export interface Examples {
  bad: readonly Sketch[];
  good: readonly Sketch[];
}

export interface SketchCommit {
  message: string;
  files?: Record<string, string | null>;
  /** `Name <e-mail>`; one default author otherwise. */
  author?: string;
  committer?: string;
  /** ISO 8601; one day after the commit before otherwise. */
  at?: string;
  /** ISO 8601; the time of the commit otherwise. */
  authoredAt?: string;
  /** Index of a further parent: makes a merge commit. */
  merges?: number;
  /** Index of the first parent; the commit before otherwise. */
  parent?: number;
}

export type RuleFacts<Needs extends FactName, Uses extends FactName = never> = BaseFacts &
  Pick<FactTables, Needs> & { [Name in Uses]: FactTables[Name] | null };

export interface RuleContext {
  /** Limits after strictness. */
  limits: { good: number; bad: number } | null;
  /** What the team lets a repository ask for. */
  repository: Policy['repository'];
}

/** The file of a finding as text; `lines` are without their ends and without a byte order mark at the start. */
export interface EditedFile {
  path: string;
  lines: readonly string[];
}

export type EditedFinding = Pick<Finding, 'messageId' | 'data'> & { line: number; endLine: number };

/**
 * A mechanical way out, in lines; empty when there is none that is safe. Called on demand, never by an audit: what it
 * answers is no part of a result. Whoever calls it checks that nothing else changes, see `lib/fixes`.
 */
export type EditLines = (finding: EditedFinding, file: EditedFile) => readonly LineEdit[];

/** What can be told without the file: a true answer promises nothing. */
export type Mends = (finding: Pick<Finding, 'messageId' | 'data'>) => boolean;

// biome-ignore lint/suspicious/noConfusingVoidType: a generator without a return statement returns void
export type CheckOutput = Generator<RawFinding, Measure | Unavailable | undefined | void, void>;

interface RuleDefinition<Needs extends FactName, Options extends z.ZodType, Uses extends FactName = never> {
  id: `${MagicId}/${'no' | 'has'}-${string}`;
  /** Number in the catalogue, `INT-05`. */
  catalogue: string;
  /** Id of the magic's group (layer, stage, principle) it counts for. */
  group: string;
  severity: Severity;
  /** 0–1 */
  confidence?: number;
  /** Share in the magic's mean, 1 by default. */
  weight?: number;
  needs: readonly Needs[];
  /** Facts the rule can do without; null when missing. */
  uses?: readonly Uses[];
  /** null: a metric, no points. */
  limits: Limits | null;
  /**
   * How `check` goes by the limits, where it asks for them: `side`, only by the side of `good`, or of the middle between both,
   * on which the value lies that it returns. What is not said counts as any way.
   */
  readsLimits?: 'side';
  /** `beyond-limit` keeps findings only when the value is worse than `good`: for shares where a few misses are normal. */
  report?: 'always' | 'beyond-limit';
  effort?: 'trivial' | 'moderate' | 'large';
  references?: readonly string[];
  /** Control ids for compliance views: `CWE-798`, `OWASP A03`, `ISO27001 A.8.28`. */
  tags?: readonly string[];
  /** What people search for that no text of the rule says, in small letters: `xss`. */
  terms?: readonly string[];
  /** The gravest that `check` may answer, where that is above `severity`. */
  upTo?: Severity;
  options: Options;
  /**
   * Options, lists of words, that a repository's own `.elder.yml` may add to: the rule then reports more, or knows the
   * names the repository uses. Never a limit.
   */
  repositoryOptions?: readonly (keyof z.infer<Options> & string)[];
  /** Those of them by which the rule reports less: like a suppression, they count only where the team allows it. */
  releasingOptions?: readonly (keyof z.infer<Options> & string)[];
  title: Text;
  why: Text;
  fix: Text;
  messages: Record<string, Text>;
  edit?: EditLines;
  /** Whether the finding's own words leave room for `edit`; all of them do unless given. */
  mends?: Mends;
  /** A function where they are built: a process that never looks at them does not hold them. */
  examples: Examples | (() => Examples);
  check: (facts: RuleFacts<Needs, Uses>, options: z.infer<Options>, context: RuleContext) => CheckOutput;
}

/** A rule with its type parameters erased, as registries and evaluators hold it. */
export interface Rule {
  /** That of a rule of a team's own begins with `own/`. */
  id: RuleDefinition<FactName, z.ZodType>['id'] | `own/${string}`;
  magic: MagicId;
  catalogue: string;
  group: string;
  severity: Severity;
  confidence: number;
  weight: number;
  needs: readonly FactName[];
  /** Facts it can do without. */
  uses: readonly FactName[];
  limits: Limits | null;
  /** `any`: `check` takes the context, and what it makes of it only it knows. */
  readsLimits: 'no' | 'side' | 'any';
  report: 'always' | 'beyond-limit';
  effort: 'trivial' | 'moderate' | 'large';
  references: readonly string[];
  tags: readonly string[];
  terms: readonly string[];
  upTo: Severity | null;
  options: z.ZodType;
  repositoryOptions: readonly string[];
  releasingOptions: readonly string[];
  title: Text;
  why: Text;
  fix: Text;
  /** The language of texts that are in one alone, and the same in `title`, `why` and `fix` for all. */
  onlyIn?: Partial<Record<'title' | 'why' | 'fix', Language>>;
  messages: Record<string, Text>;
  /** null: no finding of it can be mended by a machine. */
  edit: EditLines | null;
  mends: Mends;
  readonly examples: Examples;
  check: (facts: BaseFacts & FactTables, options: unknown, context: RuleContext) => CheckOutput;
}

export interface Magic {
  id: MagicId;
  /** Raised when the same facts may give another result. */
  version: number;
  title: Text;
  /** What it says about a repository, one sentence. */
  says: Text;
  groups: readonly Group[];
  rules: readonly Rule[];
}

/** Parameters of a check that takes facts, options and context. */
const TAKES_CONTEXT = 3;

export function defineRule<
  const Needs extends FactName,
  Options extends z.ZodType,
  const Uses extends FactName = never,
>(definition: RuleDefinition<Needs, Options, Uses>): Rule {
  const { check, examples, readsLimits, ...rest } = definition;
  return {
    confidence: 0.9,
    weight: 1,
    report: 'always',
    effort: 'moderate',
    references: [],
    uses: [],
    tags: [],
    terms: [],
    upTo: null,
    repositoryOptions: [],
    releasingOptions: [],
    edit: null,
    mends: () => true,
    ...rest,
    readsLimits: check.length < TAKES_CONTEXT ? 'no' : (readsLimits ?? 'any'),
    get examples() {
      return typeof examples === 'function' ? examples() : examples;
    },
    magic: definition.id.slice(0, definition.id.indexOf('/')) as MagicId,
    check: (facts, options, context) => check(facts, options as z.infer<Options>, context),
  };
}

export function defineMagic(magic: Magic): Magic {
  const groups = new Set(magic.groups.map((group) => group.id));
  for (const rule of magic.rules) {
    if (rule.magic !== magic.id) throw new Error(`${rule.id} is registered in ${magic.id}`);
    if (!groups.has(rule.group)) throw new Error(`${rule.id} names the unknown group ${rule.group}`);
  }
  return magic;
}

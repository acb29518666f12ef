/** Facts that well-known files say about the project: manifests, locks, workflows, settings, documents. */

/** What a repository says of itself in `.elder.yml`. What of it counts is up to the policy. */
export interface RepositorySettingsFact {
  /** null: the repository has no such file. */
  path: string | null;
  ignorePaths: { glob: string; line: number }[];
  /** Words added to options of rules. */
  options: { ruleId: string; name: string; values: string[]; line: number }[];
  suppressions: {
    ruleId: string;
    /** Glob of paths; null for all that the rule reports. */
    glob: string | null;
    reason: string;
    /** Last day on which it counts, `2026-12-31`. */
    expires: string;
    line: number;
  }[];
  /** Not empty: nothing of the file counts. Ids of messages of `integrity/has-valid-settings`. */
  problems: { id: string; line: number; data: Record<string, string | number> }[];
}

export interface WorkflowStepFact {
  name: string | null;
  line: number;
  /** `owner/action@ref`, image, or include; null for a shell step. */
  uses: string | null;
  run: string | null;
  condition: string | null;
  isErrorIgnored: boolean;
  /** Text of `with:` values, flattened `key=value`. */
  inputs: string[];
  /** `key=value` of the step's own environment. */
  env: string[];
  /** Directory that shell commands start in; null for the root of the repository. */
  workingDirectory: string | null;
}

export interface WorkflowJobFact {
  id: string;
  line: number;
  condition: string | null;
  isErrorIgnored: boolean;
  /** `write-all`, `read-all`, or `scope: access` pairs; null when not stated. */
  permissions: string[] | null;
  /** Labels of the machines it may run on, those of a matrix as far as they are literals. */
  runners: string[];
  /** Container images that it runs in or beside. */
  images: string[];
  /** `key=value` of the environment of the workflow and the job. */
  env: string[];
  steps: WorkflowStepFact[];
}

export interface WorkflowFact {
  path: string;
  provider: 'github' | 'gitlab' | 'azure' | 'circleci' | 'jenkins' | 'bitbucket' | 'travis' | 'other';
  name: string | null;
  /** `push`, `pull_request`, `pull_request_target`, `schedule`, `workflow_dispatch`, `release`, `merge_request`, … */
  triggers: string[];
  /** Branch filters of `push`; empty means all. */
  pushBranches: string[];
  permissions: string[] | null;
  jobs: WorkflowJobFact[];
}

export interface ManifestFact {
  path: string;
  ecosystem: 'npm' | 'python' | 'go' | 'cargo' | 'maven' | 'gradle' | 'composer' | 'bundler' | 'nuget';
  name: string | null;
  version: string | null;
  /** Direct dependencies, development ones included, sorted. */
  dependencies: string[];
  /** Those the product needs to run that the manifest names in no other place, sorted. Read for npm and Python only. */
  shipped: string[];
  /** Packages whose users bring them along, sorted. */
  peers: string[];
  scripts: Record<string, string>;
  /** Licence as declared: an SPDX expression or free text; null when none is. */
  license: string | null;
  /** A library (published package) may go without a lock file. */
  isLibrary: boolean;
  /** A library whose users may import any file by its path. */
  hasDeepImports: boolean;
  /** Path of the lock file that covers it, else null. */
  lockFile: string | null;
  /** Direct dependencies the lock file does not know; null when it was not compared. */
  missingFromLock: string[] | null;
  /** The manifest or a version file beside it pins the run-time version. */
  isRuntimePinned: boolean;
}

/** What a configuration file says about running tests and about coverage. By path, then line. */
export interface TestSettingFact {
  path: string;
  line: number;
  /** Coverage that must be reached; code that coverage leaves out; times a failed test is run again. */
  kind: 'threshold' | 'exclusion' | 'retry';
  /** Percent or times; null for exclusions, and for a threshold that follows the commit before. */
  value: number | null;
  /** What is left out: `**` crosses directories, `*` does not. */
  pattern: string | null;
}

/** What a configuration file says of checks on types, warnings and the layers of the code. By path, then tool. */
export interface CheckSettingFact {
  path: string;
  line: number;
  kind: 'types' | 'warnings' | 'layers';
  /** `typescript`, `mypy`, `pyright`, `compiler`, `dependency-cruiser`, `import-linter`, … */
  tool: string;
  /** `unknown`: settings that lie outside the repository. */
  level: 'strict' | 'partial' | 'lax' | 'unknown';
  /** The setting that makes it less than strict, as written; null when none stands there. */
  setting: string | null;
}

/** Lines of one file that ran, as a coverage report in the tree, or one given with the audit, says. By report, then path. */
export interface CoverageFact {
  /** Path in the tree; empty for the one that was given. */
  report: string;
  format: 'lcov' | 'cobertura' | 'jacoco' | 'go';
  path: string;
  /** Lines that can run, and those that did. */
  lines: number;
  hit: number;
  /** First and last line of each run of such lines, one after the other: `[1, 3, 7, 7]` are four lines. */
  hitLines: number[];
  missedLines: number[];
}

/** A package of an exact version that a lock file, or a manifest that states exact versions, names. */
export interface DependencyFact {
  /** File that states the version. */
  path: string;
  line: number;
  ecosystem: ManifestFact['ecosystem'];
  /** As the registry writes it: `@scope/name`, `group:artifact`, `vendor/package`. */
  name: string;
  version: string;
  /** The manifest asks for it itself; the rest came with others. */
  isDirect: boolean;
  /** Nothing but development, tests or documentation leads to it. */
  isDevelopment: boolean;
  /** Manifest that asked for it, else the one beside the lock file; null when there is none. */
  manifest: string | null;
  /** Licence as the lock file says it, else null. */
  licence: string | null;
}

export interface LockFileFact {
  path: string;
  ecosystem: ManifestFact['ecosystem'];
  /** Rows it has in `dependencies`. */
  packages: number;
  /** `cut`: it names more than were kept. `unread`: its format is not read, it is broken, or it is too large. */
  state: 'read' | 'cut' | 'unread';
}

/** A run-time or base image of a stated version: `FROM node:18`, `.python-version`. */
export interface RuntimeFact {
  path: string;
  line: number;
  /** `node`, `python`, `ruby`, `php`, `go`, `java`, `dotnet`, `debian`, `ubuntu` or `alpine`. */
  product: string;
  /** Numbers with dots; a shorter version floats: `3` is any 3.x. */
  version: string;
}

/** What advisory data of one date says about `dependencies`. */
export interface AdvisoriesFact {
  /** ISO 8601 date of the data. */
  date: string;
  source: string;
  /** One a vulnerability and row of `dependencies`; names of the same vulnerability are one. Sorted by path, line, name and id. */
  matches: AdvisoryMatchFact[];
}

export interface AdvisoryMatchFact
  extends Pick<DependencyFact, 'path' | 'line' | 'ecosystem' | 'name' | 'version' | 'isDirect' | 'isDevelopment'> {
  id: string;
  /** Further names of the vulnerability, sorted. */
  aliases: string[];
  summary: string;
  /** CVSS base score 0–10; null when the data gives none that can be computed. */
  score: number | null;
  severity: 'critical' | 'high' | 'medium' | 'low';
  /** Lowest version after this one that mends it, else null. */
  fixedIn: string | null;
  /** Lowest version that mends all of the dependency's vulnerabilities that any version mends, else null. */
  upgradeTo: string | null;
}

/** Text of well-known governance and configuration files (README, CODEOWNERS, SECURITY, Dockerfile …), at most 64 kB each. */
export interface DocumentFact {
  path: string;
  text: string;
}

import type { Place } from './code';

/** Facts of commits, tags and past versions. Times are seconds since the epoch. */

/** Of the lines that can run: those that commits of the newest 30 days brought, and whether tests ran them. */
export interface NewCodeFact {
  /** Committer time, seconds: what is newer is new. */
  since: number;
  /** Production files with such lines that a report knows, by path. */
  files: { path: string; lines: number; hit: number; firstMissed: number | null }[];
  /** Files changed since then that a report knows, and those of them that Git was not asked about. */
  candidates: number;
  leftOut: number;
}

/** Lines that commits of 30 to 120 days ago added, and those of them that stand at HEAD. */
export interface LineSurvivalFact {
  /** Committer times, seconds: commits after `since` up to `until` count. */
  since: number;
  until: number;
  /** Production files of HEAD, by path. Of those that changed again only the ones that grew most. */
  files: { path: string; added: number; kept: number }[];
  /** Files that grew and that Git was not asked about. */
  leftOut: number;
}

export interface CommitFileFact {
  path: string;
  /** `A` added, `M` modified, `D` deleted, `T` type changed. */
  status: 'A' | 'M' | 'D' | 'T';
  /** Lines; null for binary files and outside the window of line counts. */
  added: number | null;
  deleted: number | null;
  /** For commits that claim documentation only: did tokens of code change? null when unknown. */
  isCodeChanged: boolean | null;
}

export interface CommitFact {
  id: string;
  parents: string[];
  /** Identity after `.mailmap`: lower-case e-mail. */
  author: string;
  authorName: string;
  committer: string;
  authoredAt: number;
  committedAt: number;
  subject: string;
  /** Lines of the first paragraph, all of which Git takes for the subject. */
  subjectLines: number;
  body: string;
  /** `Key: value` lines at the end of the body. */
  trailers: { key: string; value: string }[];
  isBot: boolean;
  /** On the first-parent line of the audited branch. */
  isFirstParent: boolean;
  /** Against the first parent. Empty for merges. */
  files: CommitFileFact[];
}

/** Whole-history aggregate of one file that exists at HEAD, under the names it had before too. */
export interface FileHistoryFact {
  path: string;
  /** Position of the commit that added it, 0 = oldest of the repository. */
  createdIndex: number;
  createdAt: number;
  createdBy: string;
  changedAt: number;
  /** Commit that changed it last. */
  changedIn: string;
  revisions: number;
  /** Changes by author (the main e-mail of a person), sorted by author. */
  authors: { author: string; changes: number }[];
}

/**
 * A comment with a marker of unfinished work and since when it has stood there. Files with few markers may be missing in a
 * repository with very many.
 */
export interface MarkerAgeFact extends Place {
  /** Committer time of the commit that last changed the comment; of what is older than a year, no later than this. */
  since: number;
}

export interface TagFact {
  name: string;
  commitId: string;
  at: number;
  isAnnotated: boolean;
  /** Reachable from the audited commit. */
  isReachable: boolean;
}

export interface LargeBlobFact {
  path: string;
  sizeBytes: number;
  isAtHead: boolean;
}

/** A limit of a check that a commit changed in a well-known configuration file. */
export interface SettingChangeFact {
  commitId: string;
  path: string;
  /** Name in the file: `fail_under`, `--max-warnings`, `no-console`, `coverage.status.project.target`. */
  setting: string;
  kind: 'coverage' | 'warnings' | 'complexity' | 'rule' | 'strictness';
  /** As written; levels of rules are 0 off, 1 warning, 2 error, and switches 0 or 1. */
  before: number;
  after: number;
  isWeaker: boolean;
  isBot: boolean;
}

/** Credentials in what commits brought, whether it is still there or not. Sorted by path, then hash. */
export interface PastSecretsFact {
  /** One row a credential: where it came first. */
  secrets: PastSecretFact[];
  /** Every commit was read; if not, only the newest that fit into a fixed number of bytes. */
  isWhole: boolean;
  /** Commits that brought text of the kinds that are read, and how many of them were read, newest first. */
  commits: number;
  readCommits: number;
}

export interface PastSecretFact {
  /** As it was called then. */
  path: string;
  line: number;
  commitId: string;
  at: number;
  /** As in `SecretFact`. */
  kind: string;
  masked: string;
  hash: string;
  confidence: number;
}

/** Complexity and notes of unfinished work in one of the last revisions of a file that changes often. */
export interface FileRevisionFact {
  path: string;
  commitId: string;
  /** Committer time. */
  at: number;
  /** Sum over its functions. */
  cyclomatic: number;
  codeLines: number;
  /** Comments that mark unfinished work. */
  markers: number;
}

export interface HistorySummary {
  isShallow: boolean;
  /** Commits reachable from HEAD. */
  commits: number;
  contributors: number;
  /** People who committed within 12 months of `now` (main e-mail as in `fileHistory`), each with the newest commit, by author. */
  activity: { author: string; at: number }[];
  /** Committer time of the oldest commit in `commits`. */
  windowStart: number;
  branch: string | null;
}

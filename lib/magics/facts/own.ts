import type { Place } from './code';

/** Why one of a team's own rules could not be asked of a file. */
export const OWN_UNREAD = ['timeout', 'too-much-work', 'no-parse', 'bad-matcher'] as const;
export type OwnUnread = (typeof OWN_UNREAD)[number];

/** A place where a pattern or query of the team's own rules matches. */
export interface OwnMatchFact extends Place {
  /** Key of the pattern or query, see `matcherKey`. */
  matcher: string;
  endLine: number;
  /** The first line, trimmed, at most 200 characters, credentials masked. */
  text: string;
  /** What matched, at most 100 characters, credentials masked. */
  match: string;
  /** Further matches of the file that are counted and not kept. */
  more: number;
}

export interface OwnUnreadFact {
  path: string;
  matcher: string;
  reason: OwnUnread;
}

/** What the patterns and queries of a team's own rules found. */
export interface OwnMatchesFact {
  /** Keys of those that were looked for; of others nothing is known. */
  matchers: string[];
  matches: OwnMatchFact[];
  /** Files that could not be asked. */
  unread: OwnUnreadFact[];
  /** Files for which the audit's time for own rules did not last, with the keys of what was not asked of them. */
  unasked?: { path: string; matchers: readonly string[] }[];
}

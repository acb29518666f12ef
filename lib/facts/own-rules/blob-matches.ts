import type { OwnUnread } from '@/lib/magics/facts/own';

/** Raised with any change that may alter what is found in a blob; part of the cache key. */
export const OWN_MATCHES_VERSION = 1;

/** Matches of one file that are kept for each pattern or query; more are counted. */
export const MAX_MATCHES_OF_FILE = 200;

export interface BlobMatch {
  line: number;
  endLine: number;
  text: string;
  match: string;
}

export interface MatcherResult {
  rows: BlobMatch[];
  /** Counted and not kept. */
  more: number;
  unread: OwnUnread | null;
}

/** By the key of the matcher; one that found nothing and was asked is left out. */
export type BlobMatches = Record<string, MatcherResult>;

export const NO_MATCHES: MatcherResult = { rows: [], more: 0, unread: null };

export function unreadResult(unread: OwnUnread): MatcherResult {
  return { ...NO_MATCHES, unread };
}

import { classifyPath } from '@/lib/magics/classify-path';
import { compareText, sha256 } from '@/lib/magics/hash';
import { isTextRule, type KeyedMatcher, matcherOf, pathFilter } from '@/lib/magics/own-rules/matcher';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import type { TreeEntry } from '../assemble/file-rows';
import { blobPlan, SILENT_ROLES } from '../blob-plan';
import { languageFor } from '../languages/registry';
import { MAX_BLOB_BYTES } from '../text/decode';
import { lexerFamilyFor } from '../text/lexer-families';
import { OWN_MATCHES_VERSION } from './blob-matches';

export interface OwnRulesInput {
  rules: readonly OwnRule[];
  /** Those of the audit before: what they found need not be looked for again. */
  before: readonly OwnRule[];
}

/** What rules ask of one blob at one path. */
export interface OwnRequest {
  /** Cache key: the blob, what the path decides, and what is asked. */
  key: string;
  blobId: string;
  path: string;
  sizeBytes: number;
  matchers: readonly KeyedMatcher[];
  /** What the rules before asked of it; null when nothing. */
  before: { key: string; matchers: ReadonlySet<string> } | null;
}

/** One request for each file that at least one rule looks at; the same key may come twice. */
export function ownRequestsOf(tree: readonly TreeEntry[], input: OwnRulesInput): OwnRequest[] {
  const requestOf = createOwnRequests(input);
  return requestOf ? tree.flatMap((entry) => requestOf(entry) ?? []) : [];
}

/** The same of one file; null where no rule is one about texts. */
export function createOwnRequests({ rules, before }: OwnRulesInput): ((entry: TreeEntry) => OwnRequest | null) | null {
  const askersNow = askersOf(rules);
  if (askersNow.length === 0) return null;
  const setsNow = createSets(askersNow);
  const setsBefore = createSets(askersOf(before));
  return ({ path, blobId, mode, sizeBytes }) => {
    // Links and submodules have no content of their own; what is too large no rule reads.
    if (!mode.startsWith('100') || sizeBytes > MAX_BLOB_BYTES) return null;
    const now = setsNow(path);
    if (!now) return null;
    const own = `${languageFor(path) ?? lexerFamilyFor(path) ?? 'auto'}:${blobPlan(path).secrets}`;
    const keyOf = (hash: string) => `own-${OWN_MATCHES_VERSION}:${blobId}:${own}:${hash}`;
    const earlier = setsBefore(path);
    return {
      key: keyOf(now.hash),
      blobId,
      path,
      sizeBytes,
      matchers: now.matchers,
      before: earlier && { key: keyOf(earlier.hash), matchers: new Set(earlier.matchers.map(({ key }) => key)) },
    };
  };
}

interface Asker {
  matcher: KeyedMatcher;
  looksAt(path: string): boolean;
  isEverywhere: boolean;
}

/** In the order of their keys: equal rules make equal sets. */
function askersOf(rules: readonly OwnRule[]): Asker[] {
  return rules
    .filter(isTextRule)
    .filter(({ isEnabled }) => isEnabled)
    .map((rule) => ({ matcher: matcherOf(rule), looksAt: pathFilter(rule), isEverywhere: rule.isEverywhere }))
    .sort((a, b) => compareText(a.matcher.key, b.matcher.key));
}

interface MatcherSet {
  hash: string;
  matchers: readonly KeyedMatcher[];
}

/** Few sets there are, however many paths. */
function createSets(askers: readonly Asker[]): (path: string) => MatcherSet | null {
  const known = new Map<string, MatcherSet>();
  return (path) => {
    const isSilent = SILENT_ROLES.has(classifyPath(path));
    const asked = askers.filter((asker) => (asker.isEverywhere || !isSilent) && asker.looksAt(path));
    if (asked.length === 0) return null;
    const matchers = [...new Map(asked.map(({ matcher }) => [matcher.key, matcher])).values()];
    const name = matchers.map(({ key }) => key).join(' ');
    const set = known.get(name) ?? { hash: sha256('own-matchers', name).slice(0, 32), matchers };
    known.set(name, set);
    return set;
  };
}

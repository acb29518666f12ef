import { classifyPath } from '@/lib/magics/classify-path';
import type { OwnMatchesFact } from '@/lib/magics/facts/own';
import { compareText } from '@/lib/magics/hash';
import { isTextRule, type KeyedMatcher, matcherOf } from '@/lib/magics/own-rules/matcher';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { type FactsCache, MAX_BATCH } from '../cache/facts-cache';
import { type BlobsFrom, eachBlobBytes } from '../each-blob-bytes';
import { packJson, unpackJson } from '../packed-blob';
import { type BlobMatches, unreadResult } from './blob-matches';
import type { OwnRequest } from './own-requests';
import { isSpent, rereadBudget, type WorkBudget } from './work-budget';

/** What was found just now, and the keys of what there was no time to ask. */
interface FreshMatches {
  matches: BlobMatches;
  unasked: readonly string[];
}

type OwnContext = BlobsFrom & {
  cache: FactsCache;
  pool: {
    match?(
      path: string,
      bytes: Uint8Array,
      matchers: readonly KeyedMatcher[],
      options?: { budget?: WorkBudget | undefined },
    ): Promise<Uint8Array | null>;
  };
  signal?: AbortSignal | undefined;
};

const READ_BATCH = 500;
const PUT_BATCH = 250;

/** Those that nobody has asked yet, one a key. */
export async function missingOwnRequests(cache: FactsCache, requests: readonly OwnRequest[]): Promise<OwnRequest[]> {
  const byKey = new Map(requests.map((request) => [request.key, request]));
  const keys = [...byKey.keys()];
  for (let start = 0; start < keys.length; start += MAX_BATCH) {
    for (const key of await cache.hasBlobs(keys.slice(start, start + MAX_BATCH))) byKey.delete(key);
  }
  return [...byKey.values()];
}

/**
 * Asks blobs what nobody has asked them yet, and gives the answers to the cache: of a set of rules that has changed only
 * the new ones are asked. What the budget does not last for is left for the next time. Safe to run twice.
 */
export async function collectOwnMatches(
  context: OwnContext,
  requests: readonly OwnRequest[],
  budget: WorkBudget,
  fresh?: Map<string, FreshMatches>,
): Promise<void> {
  let entries = new Map<string, Uint8Array>();
  const keep = async ({ key }: OwnRequest, matches: BlobMatches, isOfBytes: boolean) => {
    fresh?.set(key, { matches, unasked: [] });
    // That a machine was too slow is no property of the blob.
    if (!isOfBytes) return;
    entries.set(key, packJson(matches));
    if (entries.size < PUT_BATCH) return;
    const full = entries;
    entries = new Map();
    await context.cache.putBlobs(full);
  };
  const unaskedOf = createKeyLists();
  const leave = (request: Open) =>
    fresh?.set(request.key, { matches: pick(request.known, request.matchers), unasked: unaskedOf(request) });
  for (let start = 0; start < requests.length; start += READ_BATCH) {
    const batch = requests.slice(start, start + READ_BATCH);
    const earlier = await context.cache.getBlobs([...new Set(batch.flatMap(({ before }) => before?.key ?? []))]);
    const unasked: Open[] = [];
    for (const request of batch) {
      const data = request.before && earlier.get(request.before.key);
      const known = data ? unpackJson<BlobMatches>(data) : {};
      const open = data ? request.matchers.filter(({ key }) => !request.before?.matchers.has(key)) : request.matchers;
      if (open.length === 0) await keep(request, pick(known, request.matchers), true);
      else unasked.push({ ...request, known, open });
    }
    if (isSpent(budget)) {
      for (const request of unasked) leave(request);
      continue;
    }
    await eachBlobBytes(context, unasked, async (request, bytes) => {
      // What cannot be read is shown as such by its file.
      if (!bytes) return keep(request, {}, false);
      const data = await context.pool.match?.(request.path, bytes, request.open, { budget });
      if (!data && isSpent(budget)) return void leave(request);
      const found = data
        ? unpackJson<BlobMatches>(data)
        : Object.fromEntries(request.open.map(({ key }) => [key, unreadResult('timeout')]));
      const isLate = Object.values(found).some(({ unread }) => unread === 'timeout');
      await keep(request, { ...pick(request.known, request.matchers), ...found }, !isLate);
    });
  }
  if (entries.size > 0) await context.cache.putBlobs(entries);
}

type Open = OwnRequest & { known: BlobMatches; open: readonly KeyedMatcher[] };

/** One list for all files that are asked the same: there may be very many. */
function createKeyLists(): (request: Open) => readonly string[] {
  const lists = new Map<string, readonly string[]>();
  const setOf = (key = '') => key.slice(key.lastIndexOf(':') + 1);
  return ({ key, before, matchers, open }) => {
    const name = `${setOf(key)} ${open === matchers ? '' : setOf(before?.key)}`;
    const list = lists.get(name) ?? open.map((matcher) => matcher.key);
    lists.set(name, list);
    return list;
  };
}

function pick(matches: BlobMatches, matchers: readonly KeyedMatcher[]): BlobMatches {
  return Object.fromEntries(matchers.flatMap(({ key }) => (matches[key] ? [[key, matches[key]]] : [])));
}

/** Puts together what the cache holds; what it has forgotten is asked again. */
export async function loadOwnMatches(
  context: OwnContext,
  { own }: { own: readonly OwnRequest[] },
  rules: readonly OwnRule[],
): Promise<OwnMatchesFact> {
  const asked = rules.filter(isTextRule).filter(({ isEnabled }) => isEnabled);
  const matchers = [...new Set(asked.map((rule) => matcherOf(rule).key))].sort(compareText);
  const facts: OwnMatchesFact = { matchers, matches: [], unread: [], unasked: [] };
  const budget = rereadBudget();
  const sorted = own.toSorted((a, b) => compareText(a.path, b.path));
  for (let start = 0; start < sorted.length; start += READ_BATCH) {
    const batch = sorted.slice(start, start + READ_BATCH);
    const known = await context.cache.getBlobs([...new Set(batch.map(({ key }) => key))]);
    const forgotten = new Map(batch.filter(({ key }) => !known.has(key)).map((request) => [request.key, request]));
    const fresh = new Map<string, FreshMatches>();
    if (forgotten.size > 0) await collectOwnMatches(context, [...forgotten.values()], budget, fresh);
    for (const request of batch) {
      const data = known.get(request.key);
      const found = data ? { matches: unpackJson<BlobMatches>(data), unasked: [] } : fresh.get(request.key);
      if (!found) continue;
      addRows(facts, request.path, found.matches);
      if (found.unasked.length > 0) facts.unasked?.push({ path: request.path, matchers: found.unasked });
    }
  }
  return facts;
}

function addRows(facts: OwnMatchesFact, path: string, matches: BlobMatches): void {
  const role = classifyPath(path);
  for (const [matcher, { rows, more, unread }] of Object.entries(matches).sort(([a], [b]) => compareText(a, b))) {
    if (unread !== null) facts.unread.push({ path, matcher, reason: unread });
    for (const [at, row] of rows.entries()) {
      facts.matches.push({ ...row, path, role, matcher, more: at === rows.length - 1 ? more : 0 });
    }
  }
}

import type { QueryMatch, Tree } from 'web-tree-sitter';
import type { OwnUnread } from '@/lib/magics/facts/own';
import { breakParser, type LoadedLanguage, parserBytes } from '../code/grammar';
import { type MatcherResult, unreadResult } from './blob-matches';
import { type CompiledQuery, compileQuery } from './compile-query';
import { add } from './match-pattern';

/** Matches in progress at once; each is compared with all the others at each node, which costs the square of them. */
const MATCH_LIMIT = 128;
/** Calls of the library's progress function, about a hundred steps each: the same on every machine. */
const MAX_PROGRESS = 100_000;
/** What steps cost is up to the query. */
const MAX_QUERY_MS = 5_000;
const MAX_QUERY_BYTES = 256 * 1024 ** 2;

const compiled = new WeakMap<LoadedLanguage, Map<string, CompiledQuery | null>>();

/** The compiled query, kept for the life of the thread; null when the grammar does not know it. */
export function queryOf(language: LoadedLanguage, key: string, source: string): CompiledQuery | null {
  const known = compiled.get(language) ?? new Map<string, CompiledQuery | null>();
  compiled.set(language, known);
  let query = known.get(key);
  if (query === undefined) {
    const made = compileQuery(language.language, source);
    query = 'problem' in made ? null : made;
    known.set(key, query);
  }
  return query;
}

export function matchQuery(compiled: CompiledQuery, tree: Tree, lines: readonly string[]): MatcherResult {
  const { holds } = compiled;
  const result: MatcherResult = { rows: [], more: 0, unread: null };
  const matches = matchesOf(compiled, tree);
  if (typeof matches === 'string') return unreadResult(matches);
  const places = new Map<string, { line: number; endLine: number; match: string }>();
  for (const match of matches) {
    if (!holds(match)) continue;
    for (const { name, node } of match.captures) {
      if (name !== 'finding') continue;
      const key = `${node.startIndex} ${node.endIndex}`;
      // A text that ends with a line ends on it.
      const endRow = node.endPosition.column === 0 ? node.endPosition.row - 1 : node.endPosition.row;
      const line = node.startPosition.row + 1;
      if (!places.has(key)) places.set(key, { line, endLine: Math.max(line, endRow + 1), match: firstOf(node.text) });
    }
  }
  const sorted = [...places.values()].sort((a, b) => a.line - b.line || a.endLine - b.endLine);
  for (const place of sorted) add(result, lines, place);
  return result;
}

function matchesOf({ query }: CompiledQuery, tree: Tree): QueryMatch[] | OwnUnread {
  const deadline = performance.now() + MAX_QUERY_MS;
  const maxBytes = parserBytes() + MAX_QUERY_BYTES;
  let progress = 0;
  let stopped: OwnUnread | null = null;
  try {
    const matches = query.matches(tree.rootNode, {
      matchLimit: MATCH_LIMIT,
      progressCallback: () => {
        progress += 1;
        if (progress > MAX_PROGRESS || parserBytes() > maxBytes) stopped = 'too-much-work';
        else if (performance.now() > deadline) stopped = 'timeout';
        // Told to stop, the library would still hand over all it has found, which may be gigabytes.
        if (stopped) throw new QueryStopped();
      },
    });
    return query.didExceedMatchLimit() ? 'too-much-work' : matches;
  } catch (error) {
    breakParser();
    if (error instanceof QueryStopped && stopped) return stopped;
    throw error;
  }
}

class QueryStopped extends Error {}

function firstOf(text: string): string {
  return text.slice(0, 2_000);
}

import type { LanguageId } from '@/lib/magics/facts/code';
import { compilePattern, parseFlags } from '@/lib/magics/own-rules/compile-pattern';
import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import { blobPlan } from '../blob-plan';
import { loadLanguage } from '../code/grammar';
import { withTree } from '../code/parse';
import { languageOfBlob } from '../language-of-blob';
import { languageFor } from '../languages/registry';
import { cutOverlongLines, decodeText, hasOverlongLine, MAX_BLOB_BYTES } from '../text/decode';
import { maskRows } from '../text/mask-rows';
import { secretValues } from '../text/secrets';
import { type BlobMatches, type MatcherResult, NO_MATCHES, unreadResult } from './blob-matches';
import { matchPattern, shorten } from './match-pattern';
import { matchQuery, queryOf } from './match-query';
import { findZones, type Zones } from './zones';

interface BlobText {
  path: string;
  /** Line ends are one character. */
  text: string;
  lines: readonly string[];
  language: LanguageId | null;
  /** Lines that no hand writes were cut: the text is no program any more. */
  isCut: boolean;
}

/**
 * Asks patterns and queries of one blob. What is no text, or too large, is asked nothing: no rule reads it, and files say so.
 * Never throws for what the bytes hold.
 */
export async function matchBlob(
  path: string,
  bytes: Uint8Array,
  matchers: readonly KeyedMatcher[],
): Promise<BlobMatches> {
  const decoded = bytes.length > MAX_BLOB_BYTES ? null : decodeText(bytes);
  if (!decoded) return {};
  const isCut = hasOverlongLine(decoded.text);
  const text = (isCut ? cutOverlongLines(decoded.text) : decoded.text).replace(/\r\n?/g, '\n');
  // Vendored code is not parsed otherwise; a rule that asks for it wants it as the language it is.
  const language = languageOfBlob(path, text) ?? languageFor(path);
  const blob: BlobText = { path, text, lines: text.split('\n'), language, isCut };

  const found: BlobMatches = {};
  await matchPatterns(blob, matchers, found);
  await matchQueries(blob, matchers, found);
  const results = Object.entries(found).filter(([, { rows, unread }]) => rows.length > 0 || unread !== null);
  if (results.length === 0) return {};
  const secrets = secretValues(text, blobPlan(path).secrets);
  return Object.fromEntries(results.map(([key, result]) => [key, shorten(maskRows(result, secrets))]));
}

async function matchPatterns(blob: BlobText, matchers: readonly KeyedMatcher[], found: BlobMatches): Promise<void> {
  let zones: Zones | 'no-parse' | undefined;
  for (const matcher of matchers) {
    if (matcher.kind !== 'pattern') continue;
    const { key, pattern: source, flags, where, languages } = matcher;
    if (languages.length > 0 && !languages.includes(blob.language ?? '')) continue;
    let seen = blob.text;
    if (where !== 'all') {
      if (blob.isCut) continue;
      zones ??= await findZones(blob.path, blob.text);
      if (zones === null) continue;
      if (zones === 'no-parse') {
        found[key] = unreadResult('no-parse');
        continue;
      }
      seen = zones.textOf(where);
    }
    const compiled = patternOf(source, flags);
    found[key] = compiled
      ? matchPattern({ pattern: compiled, spansLines: parseFlags(flags).spansLines }, { lines: blob.lines, seen })
      : unreadResult('bad-matcher');
  }
}

async function matchQueries(blob: BlobText, matchers: readonly KeyedMatcher[], found: BlobMatches): Promise<void> {
  if (blob.isCut || !blob.language) return;
  const own = matchers.filter((matcher) => matcher.kind === 'query' && matcher.language === blob.language);
  if (own.length === 0) return;
  const language = await loadLanguage(blob.language);
  const results = withTree(blob.text, language, (tree) =>
    own.map((matcher): MatcherResult => {
      if (matcher.kind !== 'query') return NO_MATCHES;
      const query = queryOf(language, matcher.key, matcher.query);
      return query ? matchQuery(query, tree, blob.lines) : unreadResult('bad-matcher');
    }),
  );
  for (const [at, { key }] of own.entries()) found[key] = results?.[at] ?? unreadResult('no-parse');
}

const MAX_KEPT = 500;
const patterns = new Map<string, ReturnType<typeof compile>>();

/** Compiled once a thread: the automaton it builds on the way is worth keeping. */
function patternOf(source: string, flags: string) {
  const name = `${flags} ${source}`;
  if (!patterns.has(name)) {
    if (patterns.size >= MAX_KEPT) patterns.clear();
    patterns.set(name, compile(source, flags));
  }
  return patterns.get(name) ?? null;
}

function compile(source: string, flags: string) {
  const compiled = compilePattern(source, flags);
  return 'pattern' in compiled ? compiled.pattern : null;
}

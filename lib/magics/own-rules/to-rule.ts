import * as z from 'zod';
import type { CheckOutput, Magic, Rule } from '../define';
import type { BaseFacts, FactTables } from '../facts';
import type { FileRole } from '../facts/code';
import { compareText } from '../hash';
import { LANGUAGES, type Language, type MessageData, type RawFinding, type Text } from '../types';
import { compilePattern } from './compile-pattern';
import { matcherOf, pathFilter } from './matcher';
import type { OwnPathRule, OwnRule, OwnTextRule } from './own-rule';

/** The group that a magic's own rules count for. */
export const OWN_GROUP = { id: 'own', title: { en: 'Own rules', ja: '独自ルール' }, weight: 1 } as const;
const MAX_UNREAD_SHOWN = 20;
/** Of one rule; of further ones only the number counts. A rule that matches everything must leave the others their time. */
export const MAX_MATCHES_REPORTED = 2_000;

/** Code of which nobody of the project writes a line. */
const FOREIGN_ROLES: ReadonlySet<FileRole> = new Set(['generated', 'vendored', 'fixture', 'lock', 'binary']);

type OneText = OwnRule['title'];

/** The text in both languages; the one that is missing is the other. */
export function wholeText({ en, ja }: OneText): Text {
  return { en: en ?? ja ?? '', ja: ja ?? en ?? '' };
}

/** The one language a text is in; null for one in both. */
function onlyLanguageOf(text: Partial<Record<Language, unknown>>): Language | null {
  const there = LANGUAGES.filter((language) => text[language] !== undefined);
  return there.length === 1 ? (there[0] ?? null) : null;
}

function onlyLanguages(own: OwnRule): NonNullable<Rule['onlyIn']> {
  const names = ['title', 'why', 'fix'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const language = onlyLanguageOf(own[name]);
      return language === null ? [] : [[name, language]];
    }),
  );
}

/** An own rule as the evaluator runs it, like any other. */
export function toRule(own: OwnRule): Rule {
  const { id, magic, severity, confidence, zeroAt } = own;
  const message = wholeText(own.message ?? own.title);
  return {
    id: id as `own/${string}`,
    magic,
    catalogue: '',
    group: OWN_GROUP.id,
    severity,
    confidence,
    weight: 1,
    needs: own.kind === 'path' ? ['files'] : ['files', 'ownMatches'],
    uses: [],
    limits: zeroAt === null ? null : { per: 'sites', good: 0, bad: zeroAt },
    readsLimits: 'no',
    report: 'always',
    effort: 'moderate',
    references: [],
    tags: [],
    terms: [],
    upTo: null,
    options: z.object({}),
    repositoryOptions: [],
    releasingOptions: [],
    title: wholeText(own.title),
    why: wholeText(own.why),
    fix: wholeText(own.fix),
    onlyIn: onlyLanguages(own),
    messages: { own: message, 'own-unread': message },
    edit: null,
    mends: () => false,
    examples: { bad: [], good: [] },
    check: (facts) => (own.kind === 'path' ? checkPaths(own, facts) : checkMatches(own, facts)),
  };
}

/** The magic with the team's own rules in it. */
export function withOwnRules(magic: Magic, ownRules: readonly OwnRule[]): Magic {
  const own = ownRules.filter((rule) => rule.magic === magic.id && rule.isEnabled);
  if (own.length === 0) return magic;
  const rules = own.toSorted((a, b) => compareText(a.id, b.id)).map(toRule);
  return { ...magic, groups: [...magic.groups, groupBeside(magic)], rules: [...magic.rules, ...rules] };
}

/** Where groups have no weights each rule counts alone, and so does each own one. */
function groupBeside({ groups }: Magic): Magic['groups'][number] {
  const { id, title, weight } = OWN_GROUP;
  return groups.every((group) => group.weight === undefined) ? { id, title } : { id, title, weight };
}

/** The texts go along: they are the team's own, and in no catalogue when it changes or drops the rule. */
function dataOf({ message, title }: OwnRule, more: MessageData = {}): MessageData {
  const { en, ja } = message ?? title;
  return { ...(en !== undefined && { en }), ...(ja !== undefined && { ja }), ...more };
}

function* checkMatches(
  own: OwnTextRule,
  { files, ownMatches: { matchers, matches, unread, unasked = [] } }: BaseFacts & FactTables,
): CheckOutput {
  const { key } = matcherOf(own);
  if (!matchers.includes(key)) return { outcome: 'not-available', reason: 'own-not-asked' };
  const looksAt = pathFilter(own);
  const roles = new Map(files.map(({ path, role }) => [path, role]));
  const isAsked = ({ path, matcher }: { path: string; matcher: string }) =>
    matcher === key && looksAt(path) && (own.isEverywhere || !FOREIGN_ROLES.has(roles.get(path) ?? 'binary'));
  const rows = matchesOf(matches, key).filter(isAsked);
  const found = rows.reduce((sum, { more }) => sum + 1 + more, 0);
  const reported = rows.slice(0, MAX_MATCHES_REPORTED);
  const beyond = found - reported.reduce((sum, { more }) => sum + 1 + more, 0);
  for (const [at, row] of reported.entries()) {
    yield findingAt(own, row, at === reported.length - 1 ? beyond : 0);
  }
  // The same lists again and again.
  const hasKey = memoize((keys: readonly string[]) => keys.includes(key));
  const late = unasked.filter(({ path, matchers }) => hasKey(matchers) && isAsked({ path, matcher: key }));
  const missed = [...unread.filter(isAsked), ...late.map(({ path }) => ({ path, reason: 'over-budget' }))];
  const [first] = missed;
  if (first && found === 0) {
    const data = { files: missed.length, path: first.path, cause: first.reason };
    return { outcome: 'not-available', reason: 'own-unread', data };
  }
  for (const { path, reason } of missed.slice(0, MAX_UNREAD_SHOWN)) {
    yield {
      messageId: 'own-unread',
      data: { path, cause: reason },
      location: { path, line: 1 },
      severity: 'info',
      anchor: 'own-unread',
      weight: 0,
    };
  }
  return { value: found };
}

type Matches = FactTables['ownMatches']['matches'];

const grouped = new WeakMap<Matches, Map<string, Matches>>();

/** Rows of one matcher, in their order: many rules, each through all rows, would take very long. */
function matchesOf(matches: Matches, key: string): Matches {
  let groups = grouped.get(matches);
  if (!groups) {
    groups = new Map();
    for (const row of matches) {
      const group = groups.get(row.matcher);
      if (group) group.push(row);
      else groups.set(row.matcher, [row]);
    }
    grouped.set(matches, groups);
  }
  return groups.get(key) ?? [];
}

function memoize<Key extends object>(ask: (key: Key) => boolean): (key: Key) => boolean {
  const known = new Map<Key, boolean>();
  return (key) => {
    const answer = known.get(key) ?? ask(key);
    known.set(key, answer);
    return answer;
  };
}

function findingAt(own: OwnTextRule, row: Matches[number], beyond: number): RawFinding {
  const { path, line, endLine, text, match, more } = row;
  return {
    messageId: 'own',
    data: dataOf(own, { match, ...(more > 0 && { more }) }),
    location: { path, line, endLine },
    evidence: text,
    anchor: `${match} ${text}`,
    weight: 1 + more + beyond,
  };
}

function* checkPaths(own: OwnPathRule, { files }: BaseFacts & FactTables): CheckOutput {
  const search = searchPaths(own);
  const found = files.map(({ path }) => search.find(path));
  for (const one of [...found, search.missing()]) {
    if (!one) continue;
    const location = one.path === null ? {} : { location: { path: one.path, line: 1 } };
    yield { messageId: 'own', data: dataOf(own, { match: one.match }), ...location, anchor: `own-${own.demand}` };
  }
}

interface PathFinding {
  /** null for what is missing. */
  path: string | null;
  match: string;
}

interface PathSearch {
  /** What the rule finds in a path. */
  find(path: string): PathFinding | null;
  /** What none of those it was shown is. */
  missing(): PathFinding | null;
}

/** A rule about paths, shown those of a tree one by one. */
export function searchPaths({ demand, namePattern, paths }: OwnPathRule): PathSearch {
  const looksAt = pathFilter({ paths });
  const isRight = demand === 'named' ? nameTest(namePattern ?? '') : null;
  let isThere = false;
  return {
    find: (path) => {
      if (!looksAt(path)) return null;
      isThere = true;
      if (demand === 'present') return null;
      const match = isRight ? path.slice(path.lastIndexOf('/') + 1) : path;
      return isRight?.(match) ? null : { path, match };
    },
    missing: () => (demand === 'present' && !isThere ? { path: null, match: paths.include.join(', ') } : null),
  };
}

function nameTest(source: string): (name: string) => boolean {
  const compiled = compilePattern(source);
  if ('problem' in compiled) throw new Error(compiled.problem.message);
  return (name) => compiled.pattern.matches(name);
}

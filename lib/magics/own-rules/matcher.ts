import { sha256 } from '../hash';
import { compileNameGlob } from '../path-globs';
import type { OwnRule, OwnTextRule } from './own-rule';

/** The part of a rule that decides what matches in a text: rules that differ in nothing else share what was found. */
export type Matcher =
  | {
      kind: 'pattern';
      pattern: string;
      flags: string;
      where: 'all' | 'code' | 'comments' | 'strings';
      languages: string[];
    }
  | { kind: 'query'; language: string; query: string };

export type KeyedMatcher = Matcher & { key: string };

const KEY_LENGTH = 32;

export function matcherOf(rule: OwnTextRule): KeyedMatcher {
  if (rule.kind === 'query') {
    const { kind, language, query } = rule;
    return { kind, language, query, key: keyOf(kind, language, query) };
  }
  const { kind, pattern, flags: given, where } = rule;
  const flags = [...given].sort().join('');
  const languages = [...rule.languages].sort();
  return { kind, pattern, flags, where, languages, key: keyOf(kind, pattern, flags, where, ...languages) };
}

/** All that decides what a rule finds: its texts, severity and weight do not. */
export function selectionOf(rule: OwnRule): object {
  const { include, exclude } = rule.paths;
  const paths = { include: [...include].sort(), exclude: [...exclude].sort() };
  if (isTextRule(rule)) return { matcher: matcherOf(rule).key, paths, isEverywhere: rule.isEverywhere };
  return { demand: rule.demand, namePattern: rule.namePattern, paths };
}

export function isTextRule(rule: OwnRule): rule is OwnTextRule {
  return rule.kind !== 'path';
}

/** Whether a rule looks at a path, by its globs alone. */
export function pathFilter({ paths: { include, exclude } }: Pick<OwnRule, 'paths'>): (path: string) => boolean {
  const included = include.map(compileNameGlob);
  const excluded = exclude.map(compileNameGlob);
  return (path) => {
    const names = path.split('/');
    if (included.length > 0 && !included.some((isMatch) => isMatch(names))) return false;
    return !excluded.some((isMatch) => isMatch(names));
  };
}

function keyOf(...parts: string[]): string {
  return sha256('own-matcher', ...parts).slice(0, KEY_LENGTH);
}

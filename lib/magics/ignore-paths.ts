import picomatch from 'picomatch';
import { FACTS_AT_PATHS, type PathFactName } from './fact-names';
import type { Facts, FactTables } from './facts';
import type { MentionFact } from './facts/code';
import { compareText } from './hash';
import { totalsOf } from './totals';

/** The facts without what a team ignores. */
export function withoutIgnoredPaths(facts: Facts, globs: readonly string[]): Facts {
  return globs.length === 0 ? facts : withoutPaths(facts, ignoredBy(globs));
}

/** How paths are matched that a team ignores; at least one glob. */
export function ignoredBy(globs: readonly string[]): (path: string) => boolean {
  return picomatch([...globs], { dot: true });
}

/**
 * The facts as if the ignored paths were not there, totals included: no rule reports on or measures them. Commits keep
 * their files: what happened to an ignored one still happened.
 */
export function withoutPaths(facts: Facts, isIgnored: (path: string) => boolean): Facts {
  const kept = new Map<string, boolean>();
  const isKept = (path: string) => {
    const known = kept.get(path);
    if (known !== undefined) return known;
    const answer = !isIgnored(path);
    kept.set(path, answer);
    return answer;
  };
  const tables = Object.fromEntries(
    FACTS_AT_PATHS.map((name) => [
      name,
      (facts[name] as { path: string }[] | null)?.filter(({ path }) => isKept(path)) ?? null,
    ]),
  ) as Pick<FactTables, PathFactName>;
  const clones = facts.clones?.filter(({ first, second }) => isKept(first.path) && isKept(second.path)) ?? null;
  const advisories = facts.advisories && {
    ...facts.advisories,
    matches: facts.advisories.matches.filter(({ path }) => isKept(path)),
  };
  return {
    ...facts,
    ...tables,
    clones,
    advisories,
    mentions: withUses(facts, isKept),
    ownMatches: facts.ownMatches && {
      ...facts.ownMatches,
      matches: facts.ownMatches.matches.filter(({ path }) => isKept(path)),
      unread: facts.ownMatches.unread.filter(({ path }) => isKept(path)),
    },
    lineSurvival: facts.lineSurvival && {
      ...facts.lineSurvival,
      files: facts.lineSurvival.files.filter(({ path }) => isKept(path)),
    },
    newCode: facts.newCode && { ...facts.newCode, files: facts.newCode.files.filter(({ path }) => isKept(path)) },
    pastSecrets: facts.pastSecrets && {
      ...facts.pastSecrets,
      secrets: facts.pastSecrets.secrets.filter(({ path }) => isKept(path)),
    },
    totals: totalsOf(tables.files ?? [], tables.functions ?? [], tables.tests ?? []),
  };
}

/** What is left out of the view still uses what is not: such a use is a mention, without which code would look dead. */
function withUses({ mentions, imports, manifests }: Facts, isKept: (path: string) => boolean): MentionFact[] | null {
  if (!mentions || !imports) return mentions;
  const wanted = new Set(manifests?.flatMap(({ dependencies }) => dependencies));
  const uses = new Map(mentions.map((row) => [`${row.form}\n${row.name}`, row]));
  for (const { path, target, specifier } of imports) {
    if (isKept(path)) continue;
    if (target !== null) uses.set(`file\n${target}`, { form: 'file', name: target });
    const owner = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    for (const name of [owner, specifier.split('.', 1)[0] ?? '']) {
      if (wanted.has(name)) uses.set(`package\n${name}`, { form: 'package', name });
    }
  }
  return [...uses.values()].sort((a, b) => compareText(a.form, b.form) || compareText(a.name, b.name));
}

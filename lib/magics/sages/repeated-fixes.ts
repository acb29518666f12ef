import { isBugFix, isMerge, isOwnWork, isRevert, parseConventional, revertedId } from '../commits';
import type { CommitFact } from '../facts/history';
import { isProductionPath, isSourcePath } from '../paths';

const DAY = 86_400;
const MAX_DAYS = 7;
/** Larger commits do many things; that they touch one file says nothing. */
const MAX_FILES = 5;
/** Commits of one person within minutes were pushed together. */
const MIN_SECONDS = 600;
const MIN_SIMILARITY = 0.5;
const MIN_COMMON_WORDS = 2;

const AGAIN =
  /\bagain\b|\bfor real\b|\bfollow[- ]?up\b|\b(?:second|another|next) (?:attempt|try)\b|\btake (?:2|two)\b|\b(?:previous|earlier|last|incomplete|partial|broken|bad|wrong) fix\b|\bfix(?:es|ed|ing)? (?:the |a |my |of |up )?(?:previous |last )?(?:bug ?)?fix\b|\bregress(?:ion|ed)? (?:from|of|in|introduced|caused)|\boops\b|再修正|修正漏れ|再対応/i;
const BLAME =
  /\b(?:introduced|broke[n]?|regress(?:ion|ed)|caused|fixes|follow[- ]?up|missed|incomplete|after|since)\b[^\n]{0,60}?(?:\b(?<id>[0-9a-f]{7,40})\b|#(?<number>\d+)\b)/gi;
const OWN_NUMBER = /\(#(?<number>\d+)\)\s*$/;
const COMMON_WORDS = new Set(
  'fix fixes fixed fixing bug bugs bugfix issue issues error errors with from when that this into make should does code case wrong handling handle support update'.split(
    ' ',
  ),
);

export interface RepeatedFix {
  first: CommitFact;
  second: CommitFact;
  path: string;
  days: number;
}

const isProduct = (path: string) => isSourcePath(path) && isProductionPath(path);

export function productFilesOf(commit: CommitFact): string[] {
  return commit.files.map(({ path }) => path).filter(isProduct);
}

/** Commits by people that mend a defect of the product, newest first. */
export function fixesOf(commits: readonly CommitFact[]): CommitFact[] {
  return commits.filter((commit) => isOwnWork(commit) && isBugFix(commit) && productFilesOf(commit).length > 0);
}

/** Fixes that needed another one within a week: the second says so, or mends the same thing in the same file. */
export function repeatedFixes(commits: readonly CommitFact[]): RepeatedFix[] {
  const fixes = fixesOf(commits).filter((commit) => productFilesOf(commit).length <= MAX_FILES);
  const broughtBy = mergesOf(commits);
  const reverts = commits.filter((commit) => isOwnWork(commit) && isRevert(commit));
  const found: RepeatedFix[] = [];
  for (const first of fixes) {
    const files = new Set(productFilesOf(first));
    const number = OWN_NUMBER.exec(first.subject)?.groups?.number ?? null;
    const candidates = [...fixes, ...reverts]
      .filter((second) => second.id !== first.id && isSoonAfter(first, second, broughtBy))
      .sort((a, b) => a.committedAt - b.committedAt || (a.id < b.id ? -1 : 1));
    for (const second of candidates) {
      const path = productFilesOf(second).find((each) => files.has(each));
      if (path === undefined || !(mends(first, second, number) || takesBack(first, second))) continue;
      found.push({
        first,
        second,
        path,
        days: Math.max(1, Math.round((second.committedAt - first.committedAt) / DAY)),
      });
      break;
    }
  }
  return found;
}

function isSoonAfter(first: CommitFact, second: CommitFact, broughtBy: ReadonlyMap<string, string>): boolean {
  const seconds = second.committedAt - first.committedAt;
  if (seconds <= 0 || seconds > MAX_DAYS * DAY) return false;
  if (first.author === second.author && Math.abs(second.authoredAt - first.authoredAt) < MIN_SECONDS) return false;
  const merge = broughtBy.get(first.id);
  return merge === undefined || merge !== broughtBy.get(second.id);
}

function takesBack(first: CommitFact, second: CommitFact): boolean {
  const id = revertedId(second);
  return (
    isRevert(second) && ((id !== null && first.id.startsWith(id)) || second.subject === `Revert "${first.subject}"`)
  );
}

function mends(first: CommitFact, second: CommitFact, number: string | null): boolean {
  if (isRevert(second)) return false;
  for (const { groups } of second.body.matchAll(BLAME)) {
    if (groups?.id !== undefined && first.id.startsWith(groups.id.toLowerCase())) return true;
    if (groups?.number !== undefined && groups.number === number) return true;
  }
  const [a, b] = [wordsOf(first.subject), wordsOf(second.subject)];
  const common = [...a].filter((word) => b.has(word)).length;
  if (namesOther(first.subject, second.subject)) return false;
  if (AGAIN.test(second.subject)) return common > 0;
  // One change on two branches bears one name.
  const union = new Set([...a, ...b]).size;
  return common >= MIN_COMMON_WORDS && common < union && common >= union * MIN_SIMILARITY;
}

/** Both name code, and none of it is the same: one fix after the other in a row of places. */
function namesOther(first: string, second: string): boolean {
  const [a, b] = [first, second].map((subject) => [...subject.matchAll(/`[^`]{2,100}`/g)].map(([name]) => name));
  return a !== undefined && b !== undefined && a.length > 0 && b.length > 0 && !a.some((name) => b.includes(name));
}

function wordsOf(subject: string): Set<string> {
  const text = parseConventional(subject)?.description ?? subject;
  const words =
    text
      .toLowerCase()
      .replace(OWN_NUMBER, '')
      .match(/[\p{L}\p{N}_]{4,}/gu) ?? [];
  return new Set(words.filter((word) => !COMMON_WORDS.has(word)));
}

/** The merge that brought each commit of a side branch to the main line: what came together was not yet in use. */
function mergesOf(commits: readonly CommitFact[]): Map<string, string> {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const broughtBy = new Map<string, string>();
  const merges = commits.filter((commit) => commit.isFirstParent && isMerge(commit)).reverse();
  for (const merge of merges) {
    const open = merge.parents.slice(1);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const commit = byId.get(id);
      if (!commit || commit.isFirstParent || broughtBy.has(id)) continue;
      broughtBy.set(id, merge.id);
      open.push(...commit.parents);
    }
  }
  return broughtBy;
}

import type { CommentFact } from '../facts/code';
import type { TagFact } from '../facts/history';
import type { ManifestFact } from '../facts/project';

/** A promise in words: “deprecated …, will be removed in 3.0”. */
const STATED =
  /\b(?:(?:will|shall|to|is going to|scheduled to) be (?:removed|dropped|deleted)|(?:slated|scheduled) for removal|removal|remove) (?:in|with|by|for) (?:the )?(?:(?<name>[A-Za-z][\w.-]{1,40}) )?(?:version |release )?v?(?<version>\d{1,4}(?:\.\d{1,4}){0,2})(?![\w%]|\.\d)|(?<ja>\d{1,4}(?:\.\d{1,4}){1,2})(?:で|にて|では)(?:削除|廃止)(?:予定|され|する)/i;
const DEPRECATED = /deprecat|非推奨|廃止予定/i;
const IN_THE_PAST = /\b(?:was|were|been|got) removed\b/i;
const NOT_A_NAME = new Set(['version', 'release', 'v']);
/** Versions of something else. */
const FOREIGN =
  /\b(?:python|py|node(?:\.?js)?|java|jdk|jre|go|golang|rust|ruby|php|kotlin|scala|swift|react|vue|angular|django|numpy|pandas|typescript|es|c\+\+|gcc|clang|llvm|openssl|kubernetes|k8s|api level|android|ios|macos|windows|\.net|spring|gradle|maven|pep|rfc|jsr|unicode|html|http)[ -]?v?\d/i;
const TAG = /^(?:v|release[-/])?(?<version>\d{1,4}(?:\.\d{1,4}){1,2})$/;
const MANIFEST_VERSION = /^v?(?<version>\d{1,4}(?:\.\d{1,4}){1,2})$/;

export type Version = readonly number[];

export interface Removal {
  comment: CommentFact;
  version: string;
}

export const toVersion = (text: string): Version => text.split('.').map(Number);

export function isReached(current: Version, stated: Version): boolean {
  for (let place = 0; place < 3; place += 1) {
    const difference = (current[place] ?? 0) - (stated[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Versions at which the repository's own deprecated names were to go. */
export function statedRemovals(comments: readonly CommentFact[], ownNames: ReadonlySet<string>): Removal[] {
  return comments.flatMap((comment) => {
    const { text, role } = comment;
    if (role !== 'production' || !DEPRECATED.test(text) || FOREIGN.test(text) || IN_THE_PAST.test(text)) return [];
    const groups = STATED.exec(text)?.groups;
    const version = groups?.version ?? groups?.ja;
    if (version === undefined) return [];
    const name = groups?.name?.toLowerCase();
    return name === undefined || NOT_A_NAME.has(name) || ownNames.has(name) ? [{ comment, version }] : [];
  });
}

/** The newest release: by tags, else by the manifest at the root. */
export function releasedVersion(tags: readonly TagFact[], manifests: readonly ManifestFact[]): string | null {
  const released = tags.flatMap(({ name, isReachable }) =>
    isReachable ? (TAG.exec(name)?.groups?.version ?? []) : [],
  );
  const stated = manifests.flatMap(({ path, version }) =>
    path.includes('/') ? [] : (MANIFEST_VERSION.exec(version ?? '')?.groups?.version ?? []),
  );
  const known = released.length > 0 ? released : stated;
  return known.reduce<string | null>(
    (best, each) => (best === null || isReached(toVersion(each), toVersion(best)) ? each : best),
    null,
  );
}

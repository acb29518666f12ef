/** `*` within a name, `**` for any number of folders, a folder's name with `/` behind it for all below. */
const GLOB = /^(?!\/|\.{1,2}\/|.*\/\.{1,2}(?:\/|$))[^\\[\](){}!?|"\p{Cc}]+$/u;

/** Whether a glob is one that a repository may write: it stays in the tree, and no form of it is a regular expression. */
export function isPathGlob(glob: string): boolean {
  return GLOB.test(glob) && glob.split('/').every((part) => part === '**' || !part.includes('**'));
}

/** Matches the names of a whole path, without regular expressions: a hostile glob costs no more than the lengths of both. */
export function compileNameGlob(glob: string): (names: readonly string[]) => boolean {
  const parts = glob
    .replace(/\/$/, '/**')
    .split('/')
    .map((part) => (part === '**' ? null : part.split('*')));
  return (names) => matchesParts(parts, names);
}

export function compilePathGlob(glob: string): (path: string) => boolean {
  const isMatch = compileNameGlob(glob);
  return (path) => isMatch(path.split('/'));
}

/** What stands between the stars of a name; null for `**`. */
type Part = readonly string[] | null;

/** Goes back to the last `**` alone: what matched before it can stay where it is. */
function matchesParts(parts: readonly Part[], names: readonly string[]): boolean {
  let part = 0;
  let name = 0;
  let retryPart = -1;
  let retryName = 0;
  while (name < names.length) {
    const pieces = parts[part];
    if (pieces === null) {
      part += 1;
      retryPart = part;
      retryName = name;
      if (part === parts.length) return true;
    } else if (pieces && matchesName(pieces, names[name] ?? '')) {
      part += 1;
      name += 1;
    } else if (retryPart >= 0) {
      retryName += 1;
      name = retryName;
      part = retryPart;
    } else {
      return false;
    }
  }
  while (parts[part] === null) part += 1;
  return part === parts.length;
}

function matchesName(pieces: readonly string[], name: string): boolean {
  const [first = ''] = pieces;
  const final = pieces.length - 1;
  if (final === 0) return first === name;
  const last = pieces[final] ?? '';
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (let each = 1; each < final; each += 1) {
    const piece = pieces[each] ?? '';
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at;
}

/**
 * As the settings of coverage tools write them: `**` crosses folders wherever it stands, `*` and `?` do not, and a name holds
 * for all below it. Time is the product of both lengths.
 */
export function compileSettingsGlob(glob: string): (path: string) => boolean {
  const tokens = glob.replace(/\/$/, '').match(/\*\*\/|\*\*|./gsu) ?? [];
  return (path) => matchesTokens(tokens, path) || matchesTokens([...tokens, '/', '**'], path);
}

function matchesTokens(tokens: readonly string[], path: string): boolean {
  let reached = new Set([0]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const at of reached) step(token, path, at, next);
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

function step(token: string, path: string, at: number, next: Set<number>): void {
  if (token === '**') {
    for (let to = at; to <= path.length && !next.has(to); to++) next.add(to);
  } else if (token === '**/') {
    next.add(at);
    for (let to = at; to < path.length; to++) if (path[to] === '/') next.add(to + 1);
  } else if (token === '*') {
    for (let to = at; to <= path.length && !next.has(to); to++) {
      next.add(to);
      if (path[to] === '/') break;
    }
  } else if (at < path.length && (token === '?' ? path[at] !== '/' : path.startsWith(token, at))) {
    next.add(at + token.length);
  }
}

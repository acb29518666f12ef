/** Matches a path against a glob in which `**` crosses directories and `*` and `?` do not. Time is the product of both lengths. */
export function compileGlob(glob: string): (path: string) => boolean {
  const tokens = glob.replace(/\/$/, '').match(/\*\*\/|\*\*|./gsu) ?? [];
  return (path) => matches(tokens, path) || matches([...tokens, '/', '**'], path);
}

function matches(tokens: readonly string[], path: string): boolean {
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

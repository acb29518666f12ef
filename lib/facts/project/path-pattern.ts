/** Matches one path segment. `*` and `?` do not cross `/`; backtracks only to the last `*`, so time is bounded. */
function matchesSegment(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      p += 1;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** `**` stands for any number of segments. */
function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '**') for (let each = at; each <= path.length; each += 1) next.add(each);
      else if (at < path.length && matchesSegment(part, path[at] ?? '')) next.add(at + 1);
    }
    reached = next;
    if (reached.size === 0) return false;
  }
  return reached.has(path.length);
}

/** A pattern as `.gitattributes` writes it, relative to the directory of that file. Never a regular expression. */
export function compilePathPattern(pattern: string, base: string): (path: string) => boolean {
  const isAnchored = pattern.slice(0, -1).includes('/');
  const parts = pattern.replace(/^\//, '').replace(/\/$/, '/**').split('/');
  const prefix = base === '' ? '' : `${base}/`;
  return (path) => {
    if (!path.startsWith(prefix)) return false;
    const segments = path.slice(prefix.length).split('/');
    if (isAnchored) return matchesSegments(parts, segments);
    return matchesSegments(['**', ...parts], segments);
  };
}

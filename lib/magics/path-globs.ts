/** `*` within a name, `**` for any number of folders, a folder's name with `/` behind it for all below. */
const GLOB = /^(?!\/|\.{1,2}\/|.*\/\.{1,2}(?:\/|$))[^\\[\](){}!?|"\p{Cc}]+$/u;

/** Whether a glob is one that a repository may write: it stays in the tree, and no form of it is a regular expression. */
export function isPathGlob(glob: string): boolean {
  return GLOB.test(glob) && glob.split('/').every((part) => part === '**' || !part.includes('**'));
}

/** Matches whole paths, without regular expressions: a hostile glob costs no more than the lengths of both. */
export function compilePathGlob(glob: string): (path: string) => boolean {
  const parts = glob.replace(/\/$/, '/**').split('/');
  return (path) => matchesParts(parts, path.split('/'));
}

/** One test for many globs; the answer for a path is kept. */
export function compilePathGlobs(globs: readonly string[]): (path: string) => boolean {
  const tests = globs.map(compilePathGlob);
  const known = new Map<string, boolean>();
  return (path) => {
    const answer = known.get(path) ?? tests.some((isMatch) => isMatch(path));
    known.set(path, answer);
    return answer;
  };
}

/** Goes back to the last `**` alone: what matched before it can stay where it is. */
function matchesParts(parts: readonly string[], names: readonly string[]): boolean {
  let part = 0;
  let name = 0;
  let retryPart = -1;
  let retryName = 0;
  while (name < names.length) {
    if (parts[part] === '**') {
      retryPart = part + 1;
      retryName = name;
      part += 1;
    } else if (part < parts.length && matchesName(parts[part] ?? '', names[name] ?? '')) {
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
  while (parts[part] === '**') part += 1;
  return part === parts.length;
}

function matchesName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** A path in two: the last two names, by which it is known, and all before them. */
export function splitTail(path: string): [head: string, tail: string] {
  const last = path.lastIndexOf('/');
  const before = last > 0 ? path.lastIndexOf('/', last - 1) : -1;
  const at = Math.max(before, 0);
  return [path.slice(0, at), path.slice(at)];
}

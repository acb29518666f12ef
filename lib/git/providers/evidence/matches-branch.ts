/** Whether a rule for branches of this pattern holds for one: `*` stands for anything, slashes too. */
export function matchesBranch(pattern: string, branch: string): boolean {
  const parts = pattern.split('*').slice(0, 20);
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return pattern === branch;
  if (!branch.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = branch.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = rest.at(-1) ?? '';
  return branch.length - last.length >= at && branch.endsWith(last);
}

/** Less than Git itself shows names no commit. */
const SHORTEST = 7;

/** Whether two ids are of one commit. Either may be but its beginning: Bitbucket Cloud tells twelve digits. */
export function isSameCommit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= SHORTEST && long.startsWith(short);
}

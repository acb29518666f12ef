/** One setting that differs; `path` leads to it, as `rules › strict/no-long-function › severity`. */
export interface Change {
  path: readonly string[];
  /** undefined: not set. */
  before: unknown;
  after: unknown;
}

type Node = Readonly<Record<string, unknown>>;

/** Parts that make sense only as a whole. */
const WHOLE = new Set(['gate.newCode', 'schedule']);

/** What differs between two configurations, setting by setting. Lists are one setting each. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): Change[] {
  if (isSame(before, after)) return [];
  if (!isNode(before) && !isNode(after)) return [{ path, before, after }];
  const isDescended = (isNode(before) || before === undefined) && (isNode(after) || after === undefined);
  if (!isDescended || WHOLE.has(path.join('.'))) return [{ path, before, after }];
  const [old, fresh] = [isNode(before) ? before : {}, isNode(after) ? after : {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return names.flatMap((name) => changesBetween(old[name], fresh[name], [...path, name]));
}

/** The configuration with changes made to it; what they leave empty is taken out of maps. */
export function withChanges<Configuration extends object>(
  base: Configuration,
  changes: readonly Change[],
): Configuration {
  return changes.reduce((given, { path, after }) => put(given, path, after) as Configuration, base);
}

/** Changes of the same settings that do not end in the same. */
export function clashesOf(mine: readonly Change[], theirs: readonly Change[]): Change[] {
  return mine.filter((own) =>
    theirs.some((other) => isWithin(own.path, other.path) && !isSame(own.after, other.after)),
  );
}

/** Equal as data; the order of names does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (!isNode(one) || !isNode(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

function put(given: unknown, [name, ...rest]: readonly string[], value: unknown, depth = 0): unknown {
  if (name === undefined) return value;
  const node: Record<string, unknown> = isNode(given) ? { ...given } : {};
  const next = put(node[name], rest, value, depth + 1);
  const isEmptied = depth > 0 && value === undefined && isNode(next) && Object.keys(next).length === 0;
  if (next === undefined || isEmptied) delete node[name];
  else node[name] = next;
  return node;
}

function isWithin(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.every((name, at) => name === long[at]);
}

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

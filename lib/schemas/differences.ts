import type { Difference } from './configuration';

type Row = Record<string, unknown>;

/** Every value that differs between two settings, by its path; lists count as one value, but those of globs go by glob. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  return [...compare(before, after, '')];
}

function* compare(before: unknown, after: unknown, path: string): Generator<Difference> {
  const [old, now] = [rowsOf(before), rowsOf(after)];
  // What is there on one side only is told whole, unless it is the root.
  if (!old || !now) {
    if (!isSame(before, after)) yield { path, before: before ?? null, after: after ?? null };
    return;
  }
  for (const key of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    yield* compare(old[key], now[key], path ? `${path}.${key}` : key);
  }
}

function rowsOf(value: unknown): Row | null {
  if (Array.isArray(value)) return byGlob(value);
  return value !== null && typeof value === 'object' ? (value as Row) : null;
}

function byGlob(list: readonly unknown[]): Row | null {
  const globs = list.map((item) => (item as { glob?: unknown } | null)?.glob);
  const isUnique = new Set(globs).size === globs.length && globs.every((glob) => typeof glob === 'string');
  return isUnique && list.length > 0 ? Object.fromEntries(list.map((item, place) => [globs[place], item])) : null;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Row, b as Row];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(left[key], right[key]));
}

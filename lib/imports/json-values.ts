/** JSON that somebody sent: nothing of it is what it should be until it was looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

const NONE: JsonObject = Object.freeze(Object.create(null));

/** The object; an empty one in place of whatever is none. */
export function objectOf(value: unknown): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : NONE;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Only what the object itself holds: `__proto__` and `constructor` are names like others. */
export function get(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    const holder = objectOf(at);
    at = Object.hasOwn(holder, name) ? holder[name] : undefined;
  }
  return at;
}

export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = get(value, ...path);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** A whole number of at least `least`. */
export function wholeAt(least: number, value: unknown, ...path: readonly string[]): number | null {
  const found = get(value, ...path);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= least ? found : null;
}

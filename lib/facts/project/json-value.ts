/** Own property of a parsed JSON or TOML value; undefined for anything that is not a plain object. */
export function property(value: unknown, ...names: string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

export function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

export function stringOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Text values by key. `__proto__` is left out: no reader may ever write it onto an object. */
export function textEntries(value: unknown): Record<string, string> {
  return Object.fromEntries(
    keysOf(value).flatMap((key): [string, string][] => {
      const text = property(value, key);
      return typeof text === 'string' && key !== '__proto__' ? [[key, text]] : [];
    }),
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

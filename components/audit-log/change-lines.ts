export interface ChangeLine {
  name: string;
  before: string | null;
  after: string | null;
}

/** What a change touched, one line a field. A change of one value has one line without a name. */
export function changeLines(before: unknown, after: unknown): ChangeLine[] {
  if (before === null && after === null) return [];
  if (!isRecord(before) && !isRecord(after)) return [{ name: '', before: textOf(before), after: textOf(after) }];
  const [old, fresh] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort().flatMap((name): ChangeLine[] => {
    const line = { name, before: textOf(old[name]), after: textOf(fresh[name]) };
    return line.before === line.after ? [] : [line];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

import type { AuditLogEntryView } from '@/lib/schemas/audit-log';

/** A field that a change touched; of a change of one value it has no name. */
export interface ChangeLine {
  field: string;
  before: unknown;
  after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;
type Sides = Pick<AuditLogEntryView, 'before' | 'after'> & Partial<Pick<AuditLogEntryView, 'detail'>>;

/** Ids of what has no page and no name; programs find them in the API. */
const UNTOLD = new Set(['changeId', 'commentId', 'shareLinkId']);

/** What an entry says, one line a field in the order of their names, what was changed before what belongs to it. */
export function changeLines({ before, after, detail = null }: Sides, isTargetTold = false): ChangeLine[] {
  // Of what was removed it is said how it was, as the action says that it went.
  const changed = isEmpty(after) && isFields(before) ? linesOf(null, before) : linesOf(before, after);
  const told = new Set(changed.map(({ field }) => field));
  const rest = linesOf(null, detail).filter(
    ({ field, after: value }) => !told.has(field) && !(isTargetTold && isSaidByTarget(field, value)),
  );
  return [...changed, ...rest];
}

function linesOf(before: unknown, after: unknown): ChangeLine[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if (!isFields(before) && !isFields(after)) return [{ field: '', before, after }];
  const [old, fresh] = [flatten(before), flatten(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort().flatMap((field): ChangeLine[] => {
    const line = { field, before: old[field] ?? null, after: fresh[field] ?? null };
    return UNTOLD.has(field) || JSON.stringify(line.before) === JSON.stringify(line.after) ? [] : [line];
  });
}

/** A verdict comes with its reason and its last day: each is a line of its own. */
function flatten(side: unknown): Fields {
  if (!isFields(side)) return {};
  const { verdict, ...rest } = side;
  return isFields(verdict) ? { ...rest, ...verdict } : side;
}

/** Whose the target is, and that it is one. */
function isSaidByTarget(field: string, value: unknown): boolean {
  if (field === 'projectId') return true;
  return field === 'findings' ? value === 1 : field === 'projects' && Array.isArray(value) && value.length === 1;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

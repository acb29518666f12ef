import { type Change, changesBetween } from '@/components/policy/changes';
import { changesOf } from '@/components/policy-history/differences';
import type { AuditLogEntryView } from '@/lib/schemas/audit-log';
import { MOST_LOGGED_SETTINGS } from '@/lib/schemas/logged-fields';

export interface PolicyEntry {
  owner: 'team' | 'project';
  /** What it became. */
  version: number;
  changes: Change[];
  /** More differ than the entry tells. */
  isCut: boolean;
}

type Sides = Pick<AuditLogEntryView, 'action' | 'before' | 'after'>;
type Fields = Readonly<Record<string, unknown>>;

/** What an entry changed in the policy of a team or of a project; null of any other. */
export function policyEntryOf({ action, before, after }: Sides): PolicyEntry | null {
  const { version: _, ...old } = fieldsOf(before);
  const { version, ...fresh } = fieldsOf(after);
  if (typeof version !== 'number') return null;
  if (action === 'project_configuration.changed' || action === 'project_configuration.restored') {
    const changes = changesBetween(old.override ?? {}, fresh.override ?? {});
    return { owner: 'project', version, changes, isCut: false };
  }
  if (action !== 'configuration.changed' && action !== 'configuration.restored') return null;
  // The log keeps one name for each setting that differs.
  const paths = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  const differences = paths.map((path) => ({ path, before: old[path], after: fresh[path] }));
  return { owner: 'team', version, changes: changesOf(differences), isCut: paths.length >= MOST_LOGGED_SETTINGS };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

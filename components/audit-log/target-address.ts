import type { LoggedThing } from '@/lib/schemas/audit-log';

/** The page of what an entry is about; null of what has none. */
export function targetAddress(id: string, thing: LoggedThing): string | null {
  switch (thing.kind) {
    case 'project':
      return `/projects/${id}`;
    case 'audit':
      return `/audits/${id}`;
    case 'finding':
      return `/projects/${thing.projectId}/findings?finding=${id}`;
    default:
      return null;
  }
}

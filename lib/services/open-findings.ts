import { db } from '@/lib/db/client';

/** Findings of the project that are neither fixed nor gone. */
export function countOpenFindings(projectId: string): Promise<number> {
  return db().finding.count({ where: { projectId, state: { not: 'fixed' } } });
}

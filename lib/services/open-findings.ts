import { db } from '@/lib/db/client';
import { whereOpen } from './finding-filter';

/** Findings of the project that are neither fixed, nor gone, nor let stand. */
export function countOpenFindings(projectId: string): Promise<number> {
  return db().finding.count({ where: { projectId, ...whereOpen() } });
}

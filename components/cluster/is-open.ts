import type { ClusterRunLine } from '@/lib/schemas/cluster';

/** Whether a worker is at it, or will be. */
export function isOpen({ status }: Pick<ClusterRunLine, 'status'>): boolean {
  return status === 'waiting' || status === 'running';
}

import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';

/** As many as a channel can name. */
const MOST = 200;

/** Projects that a channel can be about. */
export async function listProjectNames(ctx: Context, teamId: string): Promise<{ projectId: string; name: string }[]> {
  requirePermission(ctx, teamId, 'project.read');
  const rows = await db().project.findMany({
    where: { teamId },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
  return rows.map(({ id, name }) => ({ projectId: id, name }));
}

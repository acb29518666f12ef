import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { AssigneeList } from '@/lib/schemas/triage';
import { requireProject } from './access';
import { toPersonView } from './finding-view';

/** To whom findings of a project can be assigned: people in its team, by name. A service account looks after none. */
export async function listAssignees(ctx: Context, projectId: string): Promise<AssigneeList> {
  const { teamId } = await requireProject(ctx, projectId, 'project.read');
  const people = await db().user.findMany({
    where: { serviceTeamId: null, memberships: { some: { teamId } } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return { items: people.map(toPersonView) };
}

import type { Context } from '@/lib/auth/context';
import { publishFindings } from '@/lib/realtime/publish';

interface ChangedProject {
  teamId: string;
  projectId: string;
}

/** Tells open pages that somebody judged, assigned or discussed findings; those that miss it are right after a reload. */
export async function announceFindings(ctx: Context, projects: readonly ChangedProject[]): Promise<void> {
  for (const { teamId, projectId } of projects) {
    try {
      await publishFindings({ teamId, projectId });
    } catch (err) {
      ctx.log.warn({ err, projectId }, 'event could not be sent');
    }
  }
}

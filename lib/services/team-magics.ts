import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { roundScore } from '@/lib/magics/score';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { TeamMagic, TeamMagicList } from '@/lib/schemas/teams';
import { loadStrips } from './magic-cards';
import { createSharedReads } from './shared-reads';

const shareMagics = createSharedReads<TeamMagicList>();

/** Where the projects of a team stand in each magic, in the fixed order of the magics. */
export async function listTeamMagics(ctx: Context, teamId: string): Promise<TeamMagicList> {
  requirePermission(ctx, teamId, 'project.read');
  return shareMagics(teamId, async () => {
    const projects = await db().project.findMany({
      where: { teamId, currentAuditId: { not: null } },
      select: { currentAuditId: true },
    });
    const strips = await loadStrips(projects.flatMap(({ currentAuditId }) => currentAuditId ?? []));
    const cells = [...strips.values()].flat();
    return {
      items: MAGIC_IDS.map((magic) =>
        sumUp(
          magic,
          cells.filter((cell) => cell.magic === magic),
        ),
      ),
    };
  });
}

function sumUp(magic: TeamMagic['magic'], cells: readonly { status: string; score: number | null }[]): TeamMagic {
  const scores = cells.flatMap(({ score }) => score ?? []);
  const count = (status: string) => cells.filter((cell) => cell.status === status).length;
  return {
    magic,
    score: scores.length === 0 ? null : roundScore(scores.reduce((sum, score) => sum + score, 0) / scores.length),
    judged: scores.length,
    failed: count('failed'),
    warning: count('warning'),
  };
}

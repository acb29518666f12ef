import type { Tx } from '@/lib/db/client';
import { compilePathGlob } from '@/lib/magics/path-globs';
import { effectiveConfiguration, PROJECT_ROW } from './configuration-layers';

/** Whose pushes are audited. */
export interface AuditedBranches {
  /** The project's own branch, then what its configuration names: branches and patterns of them. */
  patterns: string[];
  has: (branch: string) => boolean;
}

export function auditedBranches(own: string, patterns: readonly string[]): AuditedBranches {
  const matchers = patterns.map(compilePathGlob);
  return {
    patterns: [own, ...patterns.filter((pattern) => pattern !== own)],
    has: (branch) => branch === own || matchers.some((isMatch) => isMatch(branch)),
  };
}

export async function loadAuditedBranches(
  tx: Pick<Tx, 'project'>,
  { id, branch }: { id: string; branch: string },
): Promise<AuditedBranches> {
  const project = await tx.project.findFirstOrThrow({ where: { id }, select: PROJECT_ROW });
  return auditedBranches(branch, effectiveConfiguration(project).branches);
}

import type { Tx } from '@/lib/db/client';
import { canonicalJson, sha256 } from '@/lib/magics/hash';
import { magicWeight, type Policy } from '@/lib/magics/policy';
import type { MagicId } from '@/lib/magics/types';
import type { Counts } from '@/lib/schemas/common';
import type { AuditRun } from './audit-run';
import type { SettledAudit } from './evidence-chain';
import type { JudgedMagic } from './magic-rows';
import { publicUrlOf } from './public-url';

interface Settled {
  run: AuditRun;
  judged: readonly JudgedMagic[];
  missingMagics: readonly MagicId[];
  isPartial: boolean;
  health: { score: number | null; coverage: number };
  resultHash: string | null;
}

type Gate = NonNullable<SettledAudit['gate']>;

/** What the evidence of an audit says, read from the row as it was just written. */
export async function describeSettled(
  tx: Tx,
  { run, judged, missingMagics, isPartial, health, resultHash }: Settled,
): Promise<SettledAudit> {
  const row = await tx.audit.findUniqueOrThrow({
    where: { id: run.auditId },
    include: { project: { select: { id: true, name: true, repositoryUrl: true } } },
  });
  const { id, name, repositoryUrl } = row.project;
  return {
    commit: run.commitId ?? '',
    repositoryUrl: publicUrlOf(repositoryUrl),
    project: { id, name },
    audit: {
      id: run.auditId,
      number: row.number,
      kind: row.kind,
      trigger: row.trigger,
      branch: run.branch,
      asOf: run.asOf?.toISOString() ?? null,
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: (row.endedAt ?? row.createdAt).toISOString(),
    },
    outcome: isPartial ? 'partial' : 'completed',
    missingMagics: [...missingMagics],
    health: { score: health.score, coverage: health.coverage },
    gate: row.gate === null ? null : { verdict: row.gate as Gate['verdict'], reason: row.gateReason as Gate['reason'] },
    magics: judged.map(({ magic, result: { status, score, coverage, counts } }) => ({
      magic,
      status,
      score,
      coverage,
      weight: magicWeight(run.policy, magic),
      counts,
    })),
    counts: row.counts as Counts,
    newCounts: row.newCounts as Counts,
    fixedCount: row.fixedCount,
    inputs: {
      policyHash: hashPolicy(run.policy),
      // 0: the default held, which has no version.
      ...(row.configurationVersion && { configurationVersion: row.configurationVersion }),
      rulePackVersion: row.rulePackVersion ?? 0,
      coverageHash: run.coverageHash,
      verdictsHash: run.verdictsHash,
      ...(run.hostEvidenceHash && { hostEvidenceHash: run.hostEvidenceHash }),
    },
    resultHash,
  };
}

/** Equal for equal policies on any machine. */
function hashPolicy(policy: Policy): string {
  return sha256('elder-policy-1', canonicalJson(policy));
}

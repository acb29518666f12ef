import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { resultHash } from '@/lib/magics/result-hash';
import type { MagicResult } from '@/lib/magics/types';
import type { AuditRun } from './audit-run';
import type { JudgedMagic } from './magic-rows';

export type HashedInputs = Pick<AuditRun, 'commitId' | 'policy' | 'coverageHash' | 'verdictsHash' | 'hostEvidenceHash'>;

/** The hash of what these magics said to an audit. */
export function auditHash(
  { commitId, policy, coverageHash, verdictsHash, hostEvidenceHash }: HashedInputs,
  judged: readonly JudgedMagic[],
): string {
  const results = judged.map(
    ({ result: { fixes: _, ...result }, findings, suppressed }): MagicResult => ({ ...result, findings, suppressed }),
  );
  return resultHash({
    commit: commitId ?? '',
    policy,
    rulePackVersion: RULE_PACK_VERSION,
    results,
    coverageHash,
    verdictsHash,
    hostEvidenceHash,
  });
}

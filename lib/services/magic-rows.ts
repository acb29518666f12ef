import { cleanJson } from '@/lib/clean-text';
import { databaseTime } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { isFixable } from '@/lib/fixes/is-fixable';
import type { MagicId, MagicResult } from '@/lib/magics/types';
import type { TopRisk } from '@/lib/schemas/projects';
import type { JobRef } from './audit-flow';
import { finishJob } from './audit-jobs';
import { type PackedMap, saveMap } from './audit-maps';
import { packJson } from './packed-json';
import type { Found } from './stored-findings';

/** What a row keeps beside its findings. */
export type StoredResult = Omit<MagicResult, 'findings' | 'suppressed'> & { fixes: number };

interface MagicExtras {
  executionTimeMs: number;
  stats: Record<string, number>;
  /** Of the magic that foretells, when it does. */
  topRisks: readonly TopRisk[] | null;
  /** What is kept of the magic's facts beside its result. */
  maps: readonly PackedMap[];
}

/** Saves what a magic said and ends its job. */
export async function saveMagicResult(
  ref: JobRef,
  result: MagicResult,
  { executionTimeMs, stats, topRisks, maps }: MagicExtras,
): Promise<boolean> {
  const { findings, suppressed, result: stored } = toJudged(result);
  const { fixes: _, ...rest } = stored;
  const packed = await packJson([...findings, ...suppressed]);
  return finishJob(ref, { findings: findings.length, rules: rest.rules.length }, async (tx) => {
    await tx.$executeRaw`
      update audits set stats = stats || ${JSON.stringify(stats)}::jsonb where id = ${ref.auditId}::uuid`;
    if (topRisks) {
      const risks = JSON.stringify(cleanJson(topRisks));
      await tx.$executeRaw`update audits set top_risks = ${risks}::jsonb where id = ${ref.auditId}::uuid`;
    }
    for (const map of maps) await saveMap(tx, ref.auditId, map);
    await tx.auditMagic.updateMany({
      where: { auditId: ref.auditId, magic: ref.key },
      data: {
        attempt: ref.attempt,
        status: rest.status,
        score: rest.score,
        coverage: rest.coverage,
        result: stored as unknown as Prisma.InputJsonObject,
        findings: packed,
        errorCode: null,
        executionTimeMs: Math.round(executionTimeMs),
        completedAt: await databaseTime(tx),
      },
    });
  });
}

export type JudgedMagic = Found & { magic: MagicId; result: StoredResult };

/** What a magic said, as its row will hold it. */
export function toJudged({ findings, suppressed, ...judgement }: MagicResult): JudgedMagic {
  const fixes = findings.filter(isFixable).length;
  return { magic: judgement.magic, findings, suppressed, result: { ...cleanJson(judgement), fixes } };
}

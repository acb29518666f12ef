import { db } from '@/lib/db/client';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { JudgedMagic, StoredResult } from './magic-rows';
import { unpackFindings } from './stored-findings';

/** What this attempt judged: an older one may have read other facts. In the order of the magics. */
export async function loadJudged(auditId: string, attempt: number): Promise<JudgedMagic[]> {
  const rows = await db().auditMagic.findMany({ where: { auditId, attempt, NOT: { status: 'error' } } });
  const judged = await Promise.all(
    rows
      .filter(({ result }) => result !== null)
      .map(async ({ magic, result, findings }) => ({
        magic: magic as MagicId,
        result: result as unknown as StoredResult,
        ...(await unpackFindings(findings)),
      })),
  );
  return judged.sort((a, b) => MAGIC_IDS.indexOf(a.magic) - MAGIC_IDS.indexOf(b.magic));
}

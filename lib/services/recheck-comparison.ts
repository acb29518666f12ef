import { noCounts } from '@/lib/magics/counts';
import { canonicalJson } from '@/lib/magics/hash';
import { type MagicId, SEVERITIES } from '@/lib/magics/types';
import type { RecheckPart } from '@/lib/schemas/operations';
import { auditHash, type HashedInputs } from './audit-hash';
import type { JudgedMagic } from './magic-rows';

/** What an audit says of itself, and what its rows hold. */
export interface CheckedAudit extends HashedInputs {
  resultHash: string;
  enabledMagics: readonly string[];
  shards: number;
  /** Of its open findings by severity. */
  counts: unknown;
  /** Jobs of its last attempt. */
  jobs: readonly { kind: string; key: string; status: string }[];
  stored: readonly JudgedMagic[];
}

export interface RecheckDifference {
  part: RecheckPart;
  /** Of a result: whose. */
  magic: MagicId | null;
  expected: string;
  found: string;
}

/** Where an audit and its second judgement do not agree, or its own rows do not; nothing when all is well. */
export function compareRecheck(audit: CheckedAudit, again: readonly JudgedMagic[]): RecheckDifference[] {
  const differences: RecheckDifference[] = [];
  const expectSame = (part: RecheckPart, expected: string, found: string, magic: MagicId | null = null) => {
    if (expected !== found) differences.push({ part, magic, expected, found });
  };
  const magicsIn = (judged: readonly { magic: string }[]) => keysOf(judged.map(({ magic }) => magic));
  const asked = keysOf(audit.enabledMagics);
  expectSame('magics', asked, magicsIn(audit.stored));
  expectSame('magics', asked, doneOf(audit.jobs, 'judge'));
  const shards = Array.from({ length: audit.shards }, (_, shard) => String(shard));
  expectSame('shards', keysOf(shards), doneOf(audit.jobs, 'collect'));
  expectSame('stored', audit.resultHash, auditHash(audit, audit.stored));
  for (const one of again) {
    const before = audit.stored.filter(({ magic }) => magic === one.magic);
    expectSame('result', auditHash(audit, before), auditHash(audit, [one]), one.magic);
  }
  expectSame('result', audit.resultHash, auditHash(audit, again));
  expectSame('counts', canonicalJson(audit.counts), countsOf(audit.stored));
  expectSame('counts', canonicalJson(audit.counts), countsOf(again));
  return differences;
}

/** Findings beyond what a magic keeps count, too. */
function countsOf(judged: readonly JudgedMagic[]): string {
  const counts = noCounts();
  for (const { result } of judged) {
    for (const severity of SEVERITIES) counts[severity] += result.counts[severity];
  }
  return canonicalJson(counts);
}

function doneOf(jobs: CheckedAudit['jobs'], kind: string): string {
  return keysOf(jobs.filter((job) => job.kind === kind && job.status === 'done').map(({ key }) => key));
}

function keysOf(keys: readonly string[]): string {
  return keys.toSorted().join(' ');
}

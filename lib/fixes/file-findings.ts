import { createHash } from 'node:crypto';
import { assembleFacts } from '@/lib/facts/assemble/assemble-facts';
import { blobKey } from '@/lib/facts/blob-key';
import { collectPackedBlob } from '@/lib/facts/packed-blob';
import { HISTORY_FACTS } from '@/lib/magics/fact-names';
import type { Facts } from '@/lib/magics/facts';
import { defaultPolicy } from '@/lib/magics/policy';
import { magics } from '@/lib/magics/registry';
import { runRule } from '@/lib/magics/run-rule';
import type { Finding } from '@/lib/magics/types';

export interface FileFindings {
  findings: readonly Finding[];
  /** A rule reported more than is kept: what is gone cannot be told from what was cut. */
  isCut: boolean;
  /** Rules that threw. */
  broken: readonly string[];
}

const COMMIT = '0'.repeat(40);

/** What all rules say of a repository that holds this one file and no history. */
export async function findInFile(path: string, text: string): Promise<FileFindings> {
  const facts = await factsOfFile(path, Buffer.from(text));
  const runs = magics.flatMap(({ rules }) => rules).map((rule) => runRule(rule, facts, defaultPolicy));
  return {
    findings: runs.flatMap(({ findings }) => findings),
    isCut: runs.some(({ result }) => result.dropped > 0),
    broken: runs.flatMap(({ result }) => (result.outcome === 'error' ? [result.ruleId] : [])),
  };
}

async function factsOfFile(path: string, bytes: Buffer): Promise<Facts> {
  const blobId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const { data } = await collectPackedBlob(path, bytes);
  return assembleFacts({
    commit: COMMIT,
    now: 0,
    tree: [{ path, mode: '100644', blobId, sizeBytes: bytes.length }],
    readBlobs: async () => new Map([[blobKey(blobId, path), data]]),
    projectTexts: [],
    history: { facts: null, missing: Object.fromEntries(HISTORY_FACTS.map((name) => [name, 'unknown'])) },
  });
}

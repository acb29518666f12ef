import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNoCache } from '@/lib/facts/cache/memory-cache';
import { INLINE_READER } from '@/lib/facts/packed-blob';
import { planCommit, readFacts } from '@/lib/facts/read-repository';
import { openGitDir } from '@/lib/git/open-local';
import type { Sketch } from '@/lib/magics/define';
import type { Facts } from '@/lib/magics/facts';
import { defaultPolicy } from '@/lib/magics/policy';
import { findRule } from '@/lib/magics/registry';
import { runRule } from '@/lib/magics/run-rule';
import { buildRepository } from '@/tests/support/sketch-repository';

export interface Found {
  ruleId: string;
  messageId: string;
  path: string;
  line: number;
}

/** Facts of a repository made for this, read as the product reads one. */
export async function factsOf(sketch: Sketch): Promise<Facts> {
  const gitDir = await mkdtemp(join(tmpdir(), 'elder-accuracy-'));
  try {
    await buildRepository(gitDir, sketch);
    const context = {
      repository: await openGitDir(gitDir),
      cache: createNoCache(),
      pool: INLINE_READER,
    };
    return (await readFacts(context, await planCommit(context))).facts;
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

/** What the rules of these ids report, with the default policy. */
export function findingsOf(facts: Facts, ruleIds: readonly string[]): Found[] {
  return ruleIds.flatMap((ruleId) => {
    const rule = findRule(ruleId);
    if (!rule) throw new Error(`there is no rule ${ruleId}`);
    const { result, findings } = runRule(rule, facts, defaultPolicy);
    if (result.outcome === 'error') throw new Error(`${ruleId} threw: ${JSON.stringify(result.reason)}`);
    return findings.map(({ messageId, path, startLine }) => ({
      ruleId,
      messageId,
      path: path ?? '',
      line: startLine ?? 0,
    }));
  });
}

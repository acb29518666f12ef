import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNoCache } from '@/lib/facts/cache/memory-cache';
import { INLINE_READER } from '@/lib/facts/packed-blob';
import { planCommit, readFacts } from '@/lib/facts/read-repository';
import { openGitDir } from '@/lib/git/open-local';
import type { Sketch } from '@/lib/magics/define';
import type { Facts } from '@/lib/magics/facts';
import { buildRepository } from '../sketch-repository';

// Answers each sketch it is sent with its facts, as the real readers read them from a real repository.
process.on('message', ({ id, sketch }: { id: number; sketch: Sketch }) => {
  readSketch(sketch).then(
    (facts) => process.send?.({ id, facts }),
    (error) => process.send?.({ id, problem: String(error?.stack ?? error) }),
  );
});
process.once('disconnect', () => process.exit(0));

async function readSketch(sketch: Sketch): Promise<Facts> {
  const gitDir = await mkdtemp(join(tmpdir(), 'elder-sketch-'));
  try {
    await buildRepository(gitDir, sketch, { isPacked: true });
    const repository = await openGitDir(gitDir);
    const context = { repository, cache: createNoCache(), pool: INLINE_READER };
    return (await readFacts(context, await planCommit(context))).facts;
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

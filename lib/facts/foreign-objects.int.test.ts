import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openLocal } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import type { FactsCache } from './cache/facts-cache';
import { createMemoryCache, createNoCache } from './cache/memory-cache';
import { INLINE_READER } from './packed-blob';
import { planCommit, readFacts } from './read-repository';

const BAD = 'def f(x):\n    return eval(x)\n';

async function read(path: string, cache: FactsCache) {
  const context = { repository: await openLocal(path), cache, pool: INLINE_READER };
  return (await readFacts(context, await planCommit(context))).facts;
}

/** Writes a loose object under a name that is not its own. */
async function forge(gitDir: string, id: string, header: string, body: string): Promise<void> {
  const path = join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await writeFile(path, deflateSync(`${header}\0${body}`));
}

/** A repository whose one file names a blob of somebody else. */
async function repositoryNaming(gitDir: string, blobId: string): Promise<string> {
  await makeRepository(gitDir, { files: { 'other.py': 'x = 1\n' } });
  const tree = (await runGit(['mktree', '--missing'], { gitDir, input: `100644 blob ${blobId}\tapp.py\n` })).toString();
  const commit = [`tree ${tree.trim()}`, 'author A <a@x> 1 +0000', 'committer A <a@x> 1 +0000', '', 'feat: x\n'];
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin'];
  const id = (await runGit(args, { gitDir, input: commit.join('\n') })).toString().trim();
  await runGit(['update-ref', 'refs/heads/main', id], { gitDir });
  return gitDir;
}

describe('a repository with an object under the id of another one', () => {
  const blobId = createHash('sha1').update(`blob ${BAD.length}\0${BAD}`).digest('hex');

  test.each([
    ['with other bytes', 'blob 6', 'x = 1\n'],
    ['of a size that is too large', 'blob 9000000', 'x'.repeat(9_000_000)],
    ['of another type', 'tree 0', ''],
  ])('%s hides nothing of who owns that id', async (_, header, body) => {
    await using work = await temporaryDirectory();
    const cache = createMemoryCache();
    const attacker = await repositoryNaming(join(work.path, 'attacker'), blobId);
    await forge(attacker, blobId, header, body);
    const victim = await makeRepository(join(work.path, 'victim'), { files: { 'app.py': BAD } });

    const forged = await read(attacker, cache);
    const honest = await read(victim, cache);

    expect(forged.dangerousCalls).toEqual([]);
    expect(forged.files?.[0]?.skipped).toMatch(/^(?:unreadable|too-large)$/);
    expect(honest).toEqual(await read(victim, createNoCache()));
    expect(honest.dangerousCalls).toHaveLength(1);
  });

  test('changes no commit of who owns it', async () => {
    await using work = await temporaryDirectory();
    const cache = createMemoryCache();
    const sketch = { files: { 'app.py': BAD } };
    const victim = await makeRepository(join(work.path, 'victim'), sketch);
    const attacker = await makeRepository(join(work.path, 'attacker'), sketch);
    await forge(attacker, blobId, 'blob 6', 'x = 1\n');

    const forged = await read(attacker, cache);

    expect(forged.commits?.[0]?.files).toMatchObject([{ path: 'app.py', added: 1 }]);
    expect(await read(victim, cache)).toEqual(await read(victim, createNoCache()));
  });
});

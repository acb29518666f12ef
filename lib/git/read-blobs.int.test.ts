import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { type Blob, readBlobs } from './read-blobs';
import { runGit } from './run-git';

test.each(['sha1', 'sha256'])('a %s blob is read only when its id says its bytes', async (format) => {
  await using work = await temporaryDirectory();
  const gitDir = join(work.path, 'bare');
  await runGit(['init', '--quiet', '--bare', `--object-format=${format}`, '--', gitDir]);
  const sound = (await runGit(['hash-object', '-w', '--stdin'], { gitDir, input: 'a\n' })).toString().trim();
  const foreign = createHash(format).update('blob 2\0b\n').digest('hex');
  const path = join(gitDir, 'objects', foreign.slice(0, 2), foreign.slice(2));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, deflateSync('blob 2\0c\n'));

  const blobs: Blob[] = [];
  for await (const blob of readBlobs({ gitDir, isShallow: false }, [foreign, sound])) blobs.push(blob);

  expect(blobs).toEqual([
    { blobId: foreign, sizeBytes: null, bytes: null },
    { blobId: sound, sizeBytes: 2, bytes: Buffer.from('a\n') },
  ]);
});

import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { buildRepository } from '@/tests/support/sketch-repository';

let dataDir: string;
let repository: LocalRepository;
let open: typeof import('./local-repositories').openLocalRepository;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-data-'));
  repository = await localRepository({ files: { 'a.ts': 'a();\n' } });
  vi.stubEnv('ELDER_DATA_DIR', dataDir);
  ({ openLocalRepository: open } = await import('./local-repositories'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dataDir, { recursive: true, force: true });
  await repository[Symbol.asyncDispose]();
});

test('opens a repository elsewhere on the machine', async () => {
  expect((await open(repository.path)).source.gitDir).toContain(path.basename(repository.path));
});

test('refuses a mirror of the server itself, which another team may own', async () => {
  const mirror = path.join(dataDir, 'mirrors', 'x.git');
  await cp(repository.path, mirror, { recursive: true });

  await expect(open(mirror)).rejects.toMatchObject({ code: 'repository_address_refused' });
});

test('refuses a repository that borrows the objects of one', async () => {
  const info = path.join(repository.path, 'objects', 'info');
  await mkdir(info, { recursive: true });
  await mkdir(path.join(dataDir, 'mirrors', 'y.git', 'objects'), { recursive: true });
  await writeFile(path.join(info, 'alternates'), `${path.join(dataDir, 'mirrors', 'y.git', 'objects')}\n`);

  await expect(open(repository.path)).rejects.toMatchObject({ code: 'repository_address_refused' });
});

describe('a repository that reaches into the data directory', () => {
  let mirror: string;

  beforeAll(async () => {
    mirror = path.join(dataDir, 'mirrors', 'z.git');
    await buildRepository(mirror, { files: { 'secret.ts': 'secret();\n' } });
  });

  test.each<[string, (gitDir: string) => Promise<unknown>]>([
    [
      'by a link in place of its objects',
      async (gitDir) => {
        await rm(path.join(gitDir, 'objects'), { recursive: true });
        await symlink(path.join(mirror, 'objects'), path.join(gitDir, 'objects'));
      },
    ],
    [
      'by a link in place of its packs',
      async (gitDir) => {
        await rm(path.join(gitDir, 'objects', 'pack'), { recursive: true, force: true });
        await symlink(path.join(mirror, 'objects', 'pack'), path.join(gitDir, 'objects', 'pack'));
      },
    ],
    [
      'by a link to one pack',
      async (gitDir) => {
        await mkdir(path.join(gitDir, 'objects', 'pack'), { recursive: true });
        await symlink(path.join(mirror, 'objects', 'pack', 'x.pack'), path.join(gitDir, 'objects', 'pack', 'x.pack'));
      },
    ],
    ['by a relative path', (gitDir) => borrow(gitDir, path.relative(path.join(gitDir, 'objects'), mirrorObjects()))],
    ['by a quoted path', (gitDir) => borrow(gitDir, `"${mirrorObjects().replace('/', '\\057')}"`)],
    [
      'by way of another repository',
      async (gitDir) => {
        const between = path.join(gitDir, 'between');
        await mkdir(between, { recursive: true });
        await borrow(gitDir, between);
        await mkdir(path.join(between, 'info'), { recursive: true });
        await writeFile(path.join(between, 'info', 'alternates'), `${mirrorObjects()}\n`);
      },
    ],
    ['by a work tree linked to it', (gitDir) => writeFile(path.join(gitDir, 'commondir'), `${mirror}\n`)],
  ])('%s is refused', async (_, reach) => {
    await using sly = await localRepository({ files: { 'a.ts': 'a();\n' } });
    await reach(sly.path);

    await expect(open(sly.path)).rejects.toMatchObject({ code: 'repository_address_refused' });
  });

  function mirrorObjects(): string {
    return path.join(mirror, 'objects');
  }
});

async function borrow(gitDir: string, from: string): Promise<void> {
  await mkdir(path.join(gitDir, 'objects', 'info'), { recursive: true });
  await writeFile(path.join(gitDir, 'objects', 'info', 'alternates'), `${from}\n`);
}

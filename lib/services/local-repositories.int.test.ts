import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';

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

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HostKey, writeHostKey } from './host-key';

/** What ssh is told of a connection, in files that only this user may read. */
export interface SshFiles {
  knownHosts: string;
  /** Null: without a key of ours, and without any other. */
  identity: string | null;
}

/** Gone with everything in them when they are disposed of. */
export async function writeSshFiles(
  host: string,
  { hostKeys, privateKey }: { hostKeys: readonly HostKey[]; privateKey: string | null },
): Promise<SshFiles & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'elder-ssh-'));
  const dispose = () => rm(dir, { recursive: true, force: true });
  try {
    const write = async (name: string, text: string) => {
      const path = join(dir, name);
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
      return path;
    };
    const knownHosts = await write('known_hosts', hostKeys.map((key) => `${host} ${writeHostKey(key)}\n`).join(''));
    const identity = privateKey === null ? null : await write('identity', privateKey);
    return { knownHosts, identity, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Env, isLoopback } from '@/lib/env';
import { gitVersion } from '@/lib/git/git-version';
import { KEY_FILES } from '@/lib/secrets/key-files';
import { existingParent } from '@/scripts/postgres/disk';
import { assertReadable, assertWritable } from '@/scripts/supervisor/data-directory';
import { type Finding, failed, ok, warning } from './finding';

const MEBI = 1024 * 1024;
/** The product does not start below the first, and should not run long below the second. */
const LEAST_FREE_MB = 300;
const LITTLE_FREE_MB = 2_048;
const LITTLE_INODES = 10_000;
const LEAST_GIT = [2, 39] as const;

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isSupported = major < 25 && (major > 20 || (major === 20 && minor >= 19));
  return isSupported ? ok('node', version) : failed('node', 'node_unsupported', { version });
}

export async function checkGit(): Promise<Finding> {
  const found = await gitVersion().catch(() => null);
  const [major = 0, minor = 0] = found?.text.split('.').map(Number) ?? [];
  const isNewEnough = major > LEAST_GIT[0] || (major === LEAST_GIT[0] && minor >= LEAST_GIT[1]);
  if (!found || !isNewEnough) return failed('git', 'git_missing');
  return found.hasSecurityFixes ? ok('git', found.text) : warning('git', 'git_old', { version: found.text });
}

export async function checkDisk({ ELDER_DATA_DIR: directory }: Env): Promise<Finding> {
  const { bavail, bsize, files, ffree } = await statfs(existingParent(directory));
  const free = Math.floor((bavail * bsize) / MEBI);
  if (free < LEAST_FREE_MB) return failed('disk', 'disk_low', { free, path: directory });
  // Some file systems count no inodes.
  if (files > 0 && ffree < LITTLE_INODES) return warning('disk', 'inodes_low', { free: ffree, path: directory });
  return free < LITTLE_FREE_MB ? warning('disk', 'disk_low', { free, path: directory }) : ok('disk', `${free} MB`);
}

export function checkDirectory({ ELDER_DATA_DIR: directory }: Env): Finding {
  try {
    assertReadable(directory);
    assertWritable(directory);
  } catch {
    return failed('directory', 'directory_not_writable', { path: directory });
  }
  const open = [...Object.values(KEY_FILES), 'database.json']
    .map((name) => path.join(directory, name))
    .find((file) => existsSync(file) && (statSync(file).mode & 0o077) !== 0);
  return open ? failed('directory', 'secrets_open', { path: open }) : ok('directory', directory);
}

/** Whether people elsewhere can come, and whether what they send is theirs alone. */
export function checkAddress({ PUBLIC_URL: url, HOST: host }: Env): Finding {
  const { protocol, hostname } = new URL(url);
  const isLocal = isLoopback(hostname.replace(/^\[|\]$/g, ''));
  if (isLocal) return isLoopback(host) ? ok('address', url) : warning('address', 'not_public', { url });
  return protocol === 'https:' ? ok('address', url) : warning('address', 'plain_http', { url });
}

import { isAppError } from '@/lib/errors';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { type SshFiles, writeSshFiles } from '@/lib/git/ssh/ssh-files';
import { hostKeysRefused, trustedHostKeys } from './ssh-hosts';
import { openSshKey, type SshKeyOf } from './ssh-keys';

export interface SshReader {
  teamId: string;
  /** Null: without a key. */
  key: SshKeyOf | null;
}

/**
 * Runs Git with the key, and with the keys by which the host is known to the team; both are in files for this run alone. Other
 * addresses than those of ssh need neither. Throws `repository_host_key_unknown` or `repository_host_key_changed`, with the
 * host and all fingerprints in its details.
 */
export async function withSsh<Value>(
  url: RepositoryUrl,
  { teamId, key }: SshReader,
  signal: AbortSignal,
  run: (access: { ssh?: SshFiles }) => Promise<Value>,
): Promise<Value> {
  if (url.kind !== 'ssh' || url.host === null) return run({});
  const privateKey = key && (await openSshKey(teamId, key));
  const hostKeys = await trustedHostKeys(teamId, url, signal);
  await using files = await writeSshFiles(url.host, { hostKeys, privateKey });
  try {
    return await run({ ssh: { knownHosts: files.knownHosts, identity: files.identity } });
  } catch (error) {
    const isRefused = isAppError(error) && error.code.startsWith('repository_host_key_');
    throw isRefused ? await hostKeysRefused({ teamId, url, keys: hostKeys }, signal) : error;
  }
}

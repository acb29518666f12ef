import { execFile } from 'node:child_process';
import { AppError } from '@/lib/errors';
import { type AddressRules, pinAddress } from '../address-guard';
import { gitEnvironment } from '../run-git';
import { type HostKey, readHostKey } from './host-key';

const MAX_OUTPUT_BYTES = 256 * 1024;
const TIMEOUT_SECONDS = 8;
const MOST_KEYS = 10;

/** Asks a host for its keys, at the address that was checked. Nobody vouches for them yet. */
export async function scanHostKeys(
  { host, port }: { host: string; port: number },
  rules: AddressRules,
  signal?: AbortSignal,
): Promise<HostKey[]> {
  const address = await pinAddress({ host, port }, rules);
  const output = await runScan(address, port, signal);
  const keys = new Map<string, HostKey>();
  for (const line of output.split('\n')) {
    const key = line.startsWith('#') ? null : readHostKey(line.replace(/^\S+\s/, ''));
    if (key && keys.size < MOST_KEYS) keys.set(key.key, key);
  }
  if (keys.size === 0) throw new AppError('repository_unreachable', 'the host shows no key');
  return [...keys.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
}

function runScan(address: string, port: number, signal: AbortSignal | undefined): Promise<string> {
  const args = ['-T', String(TIMEOUT_SECONDS), '-p', String(port), '-t', 'ed25519,ecdsa,rsa', '--', address];
  return new Promise((resolve, reject) => {
    const limits = { timeout: (TIMEOUT_SECONDS + 7) * 1000, maxBuffer: MAX_OUTPUT_BYTES, signal };
    const env = gitEnvironment() as NodeJS.ProcessEnv;
    execFile('ssh-keyscan', args, { ...limits, env, cwd: '/', encoding: 'utf8' }, (error, stdout) => {
      if (error && 'code' in error && error.code === 'ENOENT') {
        reject(new AppError('ssh_missing', 'ssh-keyscan could not be started'));
      } else if (signal?.aborted) reject(new AppError('cancelled', 'the host was no longer asked', { cause: error }));
      // It ends with 1 when one kind of key is missing.
      else resolve(stdout);
    });
  });
}

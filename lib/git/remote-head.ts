import { AppError } from '@/lib/errors';
import { withCertificateFault } from './certificate-fault';
import { type Remote, transportAddress, transportArguments, transportOptions } from './remote-options';
import { type GitOptions, runGit } from './run-git';

export interface RemoteHead {
  isEmpty: boolean;
  /** null when the remote's HEAD names no branch, or one that does not exist. */
  defaultBranch: string | null;
  /** Sorted as the remote lists them, at most `MAX_BRANCHES`. */
  branches: { name: string; commitId: string }[];
  objectFormat: 'sha1' | 'sha256';
}

const MAX_BRANCHES = 20_000;
const MAX_OUTPUT_BYTES = 32 * 1024 ** 2;
const HEADS = 'refs/heads/';

/** Asks a remote what it has, without fetching: the check at registration. */
export async function remoteHead(
  remote: Remote,
  { signal, timeoutMs = 20_000 }: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<RemoteHead> {
  const options = await transportOptions(remote);
  const address = await transportAddress(remote);
  const args = ['ls-remote', '--symref', ...transportArguments(remote), '--', address, 'HEAD', `${HEADS}*`];
  const limits = { signal, timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
  const output = await runGit(args, { ...options, ...limits }).catch(async (error: unknown) => {
    throw await withCertificateFault(error, remote, signal);
  });
  const head = parseRemoteHead(output.toString('utf8'));
  const isWeb = remote.url.kind === 'https' || remote.url.kind === 'http';
  if (head.isEmpty && isWeb && !(await isGitServer(args, { ...options, ...limits }))) {
    throw new AppError('repository_unreadable', 'the host answers, but not as a Git server does');
  }
  return head;
}

/** Git takes a page without a line break for a list of no refs. */
async function isGitServer(args: readonly string[], options: GitOptions): Promise<boolean> {
  let hasSpoken = false;
  const onWords = (text: string): void => {
    hasSpoken ||= text.includes('packet:');
  };
  await runGit(args, { ...options, env: { ...options.env, GIT_TRACE_PACKET: '1' }, onWords });
  return hasSpoken;
}

export function parseRemoteHead(output: string): RemoteHead {
  let target: string | null = null;
  let objectFormat: RemoteHead['objectFormat'] = 'sha1';
  let isEmpty = true;
  const branches: RemoteHead['branches'] = [];
  for (const line of output.split('\n')) {
    const [id = '', ref = ''] = line.split('\t');
    if (id.startsWith('ref: ') && ref === 'HEAD') target = id.slice('ref: '.length);
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) continue;
    isEmpty = false;
    if (id.length === 64) objectFormat = 'sha256';
    if (!ref.startsWith(HEADS)) continue;
    if (branches.length === MAX_BRANCHES)
      throw new AppError('repository_too_large', 'the remote has too many branches');
    branches.push({ name: ref.slice(HEADS.length), commitId: id });
  }
  const named = target?.startsWith(HEADS) ? target.slice(HEADS.length) : null;
  return {
    isEmpty,
    defaultBranch: branches.some(({ name }) => name === named) ? named : guessBranch(branches),
    branches,
    objectFormat,
  };
}

function guessBranch(branches: RemoteHead['branches']): string | null {
  const names = new Set(branches.map(({ name }) => name));
  return ['main', 'master', 'trunk', 'develop'].find((name) => names.has(name)) ?? (branches[0]?.name || null);
}

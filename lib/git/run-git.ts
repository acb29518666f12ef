import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '@/lib/errors';
import { failSpan, startSpan } from '@/lib/tracing/spans';
import { failedRun, failedStart, type GitEnd, gitEnds } from './git-failure';

export type GitProtocol = 'https' | 'http' | 'ssh' | 'file';

const PROTOCOLS = ['ext', 'fd', 'file', 'ftp', 'ftps', 'git', 'http', 'https', 'ssh'] as const;

export interface GitOptions {
  /** Git never looks for a repository by itself. */
  gitDir?: string;
  /** Protocols this command may speak; none by default. */
  protocols?: readonly GitProtocol[];
  /** Further `name=value` settings. */
  config?: readonly string[];
  /** Secrets travel here, never in arguments. */
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  timeoutMs?: number;
  maxOutputBytes?: number;
  /** Hears what Git says besides its output. */
  onWords?: (text: string) => void;
}

export interface GitProcess {
  /** Ends with an AppError when Git failed, was stopped or wrote more than allowed. */
  stdout: AsyncGenerator<Buffer, void>;
  stdin: Writable;
  /** Ends the process group. */
  kill(): void;
  /** A process at rest keeps ours from ending no longer. */
  rest(isAtRest: boolean): void;
  hasEnded(): boolean;
}

const DEFAULT_TIMEOUT_MS = 10 * 60_000;
const DEFAULT_MAX_OUTPUT_BYTES = 2 * 1024 ** 3;
const MAX_STDERR = 4_000;

const INHERITED = [
  'PATH',
  'TMPDIR',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'SystemRoot',
] as const;

/** Settings on the command line win over the repository's own, which is hostile. */
const SAFE_CONFIG = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'attr.tree=4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  'core.quotePath=false',
  'core.commitGraph=false',
  'core.askPass=',
  'core.bigFileThreshold=16m',
  'core.pager=cat',
  'credential.helper=',
  'diff.algorithm=myers',
  'diff.external=',
  'diff.indentHeuristic=true',
  'diff.renames=false',
  'diff.ignoreSubmodules=none',
  'diff.noprefix=false',
  'diff.relative=false',
  'diff.orderFile=/dev/null',
  'fetch.recurseSubmodules=false',
  'fetch.fsckObjects=true',
  'gc.auto=0',
  'http.followRedirects=false',
  'i18n.logOutputEncoding=UTF-8',
  'log.mailmap=false',
  'log.showRoot=true',
  'log.showSignature=false',
  'maintenance.auto=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  'safe.directory=*',
  'submodule.recurse=false',
  'transfer.bundleURI=false',
  'transfer.fsckObjects=true',
] as const;

export function gitArguments(args: readonly string[], options: GitOptions): string[] {
  const granted: readonly string[] = options.protocols ?? [];
  const isGranted = (protocol: string) => granted.includes(protocol);
  const config = [
    ...SAFE_CONFIG,
    // One by one: a repository's `protocol.ext.allow` would win over our `protocol.allow`.
    ...PROTOCOLS.map((protocol) => `protocol.${protocol}.allow=${isGranted(protocol) ? 'always' : 'never'}`),
    ...(options.config ?? []),
  ];
  return [
    '--no-pager',
    '--no-optional-locks',
    '--literal-pathspecs',
    ...(options.gitDir ? [`--git-dir=${options.gitDir}`] : []),
    ...config.flatMap((setting) => ['-c', setting]),
    ...args,
  ];
}

export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.fromEntries(
    INHERITED.flatMap((name) => {
      // biome-ignore lint/style/noProcessEnv: a child needs PATH and the proxy, nothing of ours
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    ...inherited,
    HOME: '/dev/null',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_GRAFT_FILE: '/dev/null/none',
    GIT_CEILING_DIRECTORIES: '/',
    ...extra,
  };
}

/** Starts Git in its own process group, so that helpers it starts end with it. */
export function startGit(args: readonly string[], options: GitOptions = {}): GitProcess {
  const command = args[0] ?? '';
  const startedAt = performance.now();
  const child = spawnGit(args, options);
  const span = startSpan(`git ${command}`, { 'elder.git.command': command });
  let stopped: AppError | null = null;
  const stop = (error: AppError): void => {
    stopped ??= error;
    killGroup(child);
  };
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    options.onWords?.(text);
    if (stderr.length < MAX_STDERR) stderr += text.slice(0, MAX_STDERR - stderr.length);
  });
  // A reader that ended early is told by the exit code.
  child.stdin.on('error', () => {});

  const timer = setTimeout(
    () => stop(new AppError('repository_timeout', `git ${args[0]} ran out of time`)),
    options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  );
  const abort = () =>
    stop(new AppError('cancelled', `git ${args[0]} was cancelled`, { cause: options.signal?.reason }));
  if (options.signal?.aborted) abort();
  else options.signal?.addEventListener('abort', abort, { once: true });

  const closed = new Promise<void>((resolve, reject) => {
    const settle = (error: AppError | null): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      if (error) failSpan(span, error);
      span.end();
      const seconds = (performance.now() - startedAt) / 1000;
      gitEnds.publish({ command, errorCode: error?.code ?? null, seconds } satisfies GitEnd);
      if (error) reject(error);
      else resolve();
    };
    child.on('error', (cause) => settle(stopped ?? failedStart(cause)));
    child.on('close', (code, signal) => {
      if (stopped || code === 0) return settle(stopped);
      failedRun({ command, code, signal, stderr, gitDir: options.gitDir }).then(settle, reject);
    });
  });
  closed.catch(() => {});

  return {
    stdin: child.stdin,
    stdout: readOutput(child, closed, args, options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES, stop),
    kill: () => stop(new AppError('cancelled', `git ${args[0]} is no longer needed`)),
    rest: (isAtRest) => {
      const held = [child, child.stdin, child.stdout, child.stderr, timer] as unknown as NodeJS.RefCounted[];
      for (const part of held) isAtRest ? part.unref() : part.ref();
    },
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  };
}

function spawnGit(args: readonly string[], options: GitOptions): ChildProcessByStdio<Writable, Readable, Readable> {
  const child = spawn('git', gitArguments(args, options), {
    cwd: '/',
    env: gitEnvironment(options.env) as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.stdout) return child;
  // Node gives no pipes when the process is out of file handles.
  once(child, 'error').catch(() => {});
  throw new AppError('overloaded', 'git could not be started: there is no file handle left');
}

async function* readOutput(
  child: ChildProcessByStdio<Writable, Readable, Readable>,
  closed: Promise<void>,
  args: readonly string[],
  maxBytes: number,
  stop: (error: AppError) => void,
): AsyncGenerator<Buffer, void> {
  let bytes = 0;
  let isComplete = false;
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        stop(new AppError('repository_too_large', `git ${args[0]} wrote more than ${maxBytes} bytes`));
        break;
      }
      yield chunk;
    }
    isComplete = true;
  } finally {
    if (!isComplete) killGroup(child);
  }
  await closed;
}

/** Runs Git to its end and returns what it printed. */
export async function runGit(
  args: readonly string[],
  options: GitOptions & { input?: string | Uint8Array } = {},
): Promise<Buffer> {
  const git = startGit(args, { maxOutputBytes: 64 * 1024 ** 2, ...options });
  git.stdin.end(options.input ?? '');
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function killGroup(child: { pid?: number | undefined; exitCode: number | null; signalCode: string | null }): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group ended by itself.
  }
}

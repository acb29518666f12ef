import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { runGit } from '@/lib/git/run-git';
import type { Sketch } from '@/lib/magics/define';
import { buildRepository, importStream } from './sketch-repository';

/** A directory for one test, gone at its end. */
export async function temporaryDirectory(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'elder-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A bare repository of a sketch. */
export async function makeRepository(path: string, sketch: Sketch): Promise<string> {
  await mkdir(path, { recursive: true });
  await buildRepository(path, sketch);
  return path;
}

/** Writes the sketch over the branch of a repository, as a push would. */
export async function pushSketch(gitDir: string, sketch: Sketch): Promise<void> {
  await runGit(['fast-import', '--quiet', '--force'], { gitDir, input: importStream(sketch) });
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface GitRemote extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, or of IPv6 */
  url: string;
  port: number;
  requests: { path: string; authorization: string | undefined }[];
  /** From now on whoever fetches waits, while what the remote has is told as before; the answer lets them go. */
  holdFetches(): () => void;
}

/**
 * Serves the bare repositories of a directory over HTTP with Git's own backend. A behaviour that returns true has
 * answered in its place.
 */
export async function serveGit(
  root: string,
  behave: Behaviour = () => false,
  host: '127.0.0.1' | '::1' = '127.0.0.1',
): Promise<GitRemote> {
  const requests: GitRemote['requests'] = [];
  let gate: Promise<void> = Promise.resolve();
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    if (behave(request, response)) return;
    const body = await buffer(request).catch(() => null);
    if (body?.includes('command=fetch')) await gate;
    if (body) runBackend(root, request, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host === '::1' ? `[${host}]` : host}:${port}`,
    port,
    requests,
    holdFetches() {
      let letGo = () => {};
      gate = new Promise((resolve) => {
        letGo = resolve;
      });
      return () => letGo();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers one request with Git's own backend. */
export function runBackend(root: string, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const backend = spawn('git', ['-c', 'safe.directory=*', 'http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    } as unknown as NodeJS.ProcessEnv,
  });
  backend.stdin.on('error', () => {});
  backend.stdin.end(body);
  let head: Buffer | null = Buffer.alloc(0);
  backend.stdout.on('data', (chunk: Buffer) => {
    if (head === null) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    for (const line of head.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(/: ?/, 2);
      if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
    head = null;
  });
  backend.stdout.on('end', () => response.end());
}

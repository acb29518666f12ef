import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@/scripts/postgres/ports';
import { postmasterOf, removeProductData } from './product-data';

export interface OwnProduct extends AsyncDisposable {
  url: string;
  dataDirectory: string;
  /** Waits until the terminal shows it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Kills the web process as a crash would; the supervisor starts it again. */
  killWeb(): void;
  /** The same of the worker, and of PostgreSQL with all its connections. */
  killWorker(): void;
  killDatabase(): void;
  /** The worker stands still and reports no more, as on a machine that hangs. */
  pauseWorker(): void;
  resumeWorker(): void;
}

/** Beyond what a busy machine needs, and before the test's own end, which would not say what the product last did. */
const TIMEOUT_MS = 110_000;

interface StartOptions {
  args?: readonly string[];
  env?: Record<string, string>;
}

/** A product of the test's own: another port, another database, as `npm start` makes them. */
export async function startProduct({ args = [], env = {} }: StartOptions = {}): Promise<OwnProduct> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'elder-own-'));
  const port = await findFreePort();
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      ELDER_DATA_DIR: dataDirectory,
      ALLOW_LOCAL_REPOSITORIES: 'true',
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  const readers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const read of readers) read();
    });
  }
  const product: OwnProduct = {
    url: `http://127.0.0.1:${port}`,
    dataDirectory,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const read = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        readers.add(read);
        read();
        const fail = (how: string) =>
          reject(new Error(`The product ${how} ${pattern}:\n${output}\n${lastWords(dataDirectory)}`));
        void ended.then(() => fail('ended without'));
        setTimeout(fail, TIMEOUT_MS, 'did not say').unref();
      }),
    killWeb: () => process.kill(readPid(dataDirectory, 'web'), 'SIGKILL'),
    killWorker: () => process.kill(readPid(dataDirectory, 'worker'), 'SIGKILL'),
    killDatabase: () => process.kill(postmasterOf(dataDirectory) ?? Number.NaN, 'SIGKILL'),
    pauseWorker: () => process.kill(readPid(dataDirectory, 'worker'), 'SIGSTOP'),
    resumeWorker: () => process.kill(readPid(dataDirectory, 'worker'), 'SIGCONT'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if ((await Promise.race([ended, sleep(TIMEOUT_MS, 'late', { ref: false })])) === 'late') {
        throw new Error(`The product did not stop:\n${output}\n${lastWords(dataDirectory)}`);
      }
      removeProductData(dataDirectory);
    },
  };
  try {
    await product.says(/Ancient Elder is ready at/);
    return product;
  } catch (error) {
    await product[Symbol.asyncDispose]();
    throw error;
  }
}

function lastWords(dataDirectory: string): string {
  const directory = path.join(dataDirectory, 'logs');
  if (!existsSync(directory)) return '';
  const tail = (name: string) => readFileSync(path.join(directory, name), 'utf8').trimEnd().split('\n').slice(-15);
  return readdirSync(directory)
    .flatMap((name) => [`── ${name}`, ...tail(name)])
    .join('\n');
}

const FIRST_WORDS = { web: '"web listens"', worker: '"worker is ready"' };

function readPid(dataDirectory: string, name: keyof typeof FIRST_WORDS): number {
  const lines = readFileSync(path.join(dataDirectory, 'logs', `${name}.log`), 'utf8')
    .trim()
    .split('\n');
  const started = lines.filter((line) => line.includes(FIRST_WORDS[name])).at(-1);
  if (!started) throw new Error(`the ${name} process never said that it runs`);
  return (JSON.parse(started) as { pid: number }).pid;
}

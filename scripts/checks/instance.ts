import { lookup } from 'node:dns/promises';
import { query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { WORKER_SILENCE_SECONDS } from '@/lib/services/worker-processes';

const TIMEOUT_MS = 10_000;

export interface Parts {
  web: URL;
  workers: { kind: string; host: string; port: number }[];
}

/** Throws `invalid_request` for what is no URL or no `kind=host:port`. */
export function readParts([web = '', ...workers]: readonly string[]): Parts {
  const usage = 'Usage: node dist/check-instance.js <URL of the web> [kind=host:port …]';
  if (!URL.canParse(web)) throw new AppError('invalid_request', usage);
  return {
    web: new URL(web),
    workers: workers.map((text) => {
      const found = /^(?<kind>[a-z]+)=(?<host>[\w.-]+):(?<port>\d{1,5})$/.exec(text)?.groups;
      if (!found) throw new AppError('invalid_request', `${text}: ${usage}`);
      return { kind: found.kind ?? '', host: found.host ?? '', port: Number(found.port) };
    }),
  };
}

/** What does not work, a sentence each. */
export async function checkInstance({ web, workers }: Parts): Promise<string[]> {
  const asked = await Promise.all([
    answers('The web', new URL('/api/v1/health/ready', web)),
    answers('The API', new URL('/api/v1/openapi.json', web)),
    answers('The sign-in page', new URL('/sign-in', web)),
    ...workers.map(podsAreReady),
  ]);
  const atWork = workers.length > 0 ? await kindsAtWork() : new Set<string>();
  const silent = workers
    .filter(({ kind }) => !atWork.has(kind))
    .map(
      ({ kind }) => `No worker that takes ${kind} reported to the database within ${WORKER_SILENCE_SECONDS} seconds.`,
    );
  return [...asked.flat(), ...silent];
}

async function answers(what: string, url: URL): Promise<string[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
    await response.arrayBuffer();
    return response.status === 200 ? [] : [`${what} answers ${response.status} at ${url}.`];
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return [`${what} does not answer at ${url}: ${cause instanceof Error ? cause.message : String(cause)}.`];
  }
}

/** A headless service stands for all its pods: each is asked. */
async function podsAreReady({ kind, host, port }: Parts['workers'][number]): Promise<string[]> {
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (addresses.length === 0) return [`No worker that takes ${kind} is ready: ${host} has no address.`];
  const all = await Promise.all(
    addresses.map(({ address, family }) =>
      answers(
        `A worker that takes ${kind}`,
        new URL(`http://${family === 6 ? `[${address}]` : address}:${port}/ready`),
      ),
    ),
  );
  return all.flat();
}

async function kindsAtWork(): Promise<Set<string>> {
  const rows = await query<{ kind: string }>`
    select distinct unnest(kinds) as kind from worker_processes
    where last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second'`;
  return new Set(rows.map(({ kind }) => kind));
}

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Logger } from '@/lib/logger';
import { renderProcessMetrics } from '@/lib/services/process-metrics';
import type { WorkerHealth } from './worker-health';

interface ServerSettings {
  host: string;
  /** Where `/live` and `/ready` are answered; none without. */
  healthPort: number | undefined;
  /** Where `/metrics` is answered; none without. */
  metricsPort: number | undefined;
  log: Logger;
}

export interface WorkerServers extends AsyncDisposable {
  /** Gives the ports they listen on. */
  ports: { health: number | null; metrics: number | null };
}

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** `null` where there is nothing. */
type Answers = (path: string) => Promise<Answer> | null;

const REQUEST_TIMEOUT_MS = 10_000;

/** For whoever starts pods and collects metrics: small servers beside the worker, which they outlive by nothing. */
export async function startWorkerServers(health: WorkerHealth, settings: ServerSettings): Promise<WorkerServers> {
  const { host, healthPort, metricsPort, log } = settings;
  const servers: Server[] = [];
  const start = async (port: number | undefined, answers: Answers): Promise<number | null> => {
    if (port === undefined) return null;
    const server = await listen(answers, { host, port, log });
    servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  };
  const ports = {
    health: await start(healthPort, healthAnswers(health)),
    metrics: await start(metricsPort, metricsAnswers),
  };
  if (ports.health !== null || ports.metrics !== null) log.info({ host, ...ports }, 'worker can be asked how it is');
  return {
    ports,
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function healthAnswers(health: WorkerHealth): Answers {
  return (path) => {
    if (path === '/live') {
      return health
        .checkLive()
        .then(({ isLive, standing }) => json(isLive, { status: isLive ? 'live' : 'standing_still', standing }));
    }
    if (path !== '/ready') return null;
    return health
      .checkReady()
      .then(({ isReady, isDraining, checks }) =>
        json(isReady, { status: isReady ? 'ready' : isDraining ? 'draining' : 'not_ready', checks }),
      );
  };
}

const metricsAnswers: Answers = (path) =>
  path === '/metrics'
    ? renderProcessMetrics().then((text) => ({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', text }))
    : null;

function json(isGood: boolean, body: object): Answer {
  return { status: isGood ? 200 : 503, type: 'application/json', text: JSON.stringify(body) };
}

async function listen(
  answers: Answers,
  { host, port, log }: { host: string; port: number; log: Logger },
): Promise<Server> {
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const answer = isRead ? answers((request.url ?? '').split('?')[0] ?? '') : null;
    if (!answer) {
      response.writeHead(isRead ? 404 : 405).end();
      return;
    }
    answer.then(
      ({ status, type, text }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
      },
      (err: unknown) => {
        log.warn({ err }, 'the worker could not say how it is');
        response.writeHead(500).end();
      },
    );
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = REQUEST_TIMEOUT_MS;
  // Not what keeps a worker that is done from ending.
  server.unref();
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import next from 'next';
import { app as api } from '@/lib/api/app';
import { pageAddress } from '@/lib/api/page-address';
import { methodLabel, refuse } from '@/lib/api/refuse';
import { clientAddress, passAddress, readNetworks } from '@/lib/auth/client-address';
import { headersFor } from '@/lib/auth/security-headers';
import { asNobody } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { sendPulse } from '@/lib/pulse';
import { warnOfDatabaseRole } from '@/lib/services/database-role';
import { passwordMailsEnd } from '@/lib/services/forgotten-passwords';
import { requestSeconds } from '@/lib/services/metrics';
import { attachRealtime } from '@/lib/services/realtime-hub';
import { startTracingOf } from '@/lib/services/tracing';

const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const DRAIN_TIMEOUT_MS = 5000;

const { HOST, PORT, NODE_ENV, TRUSTED_PROXIES } = env();
const proxies = readNetworks(TRUSTED_PROXIES);
const log = logger().child({ process: 'web' });
const tracing = await startTracingOf('web');
const pages = next({ dev: NODE_ENV === 'development', dir: process.cwd(), hostname: HOST, port: PORT });
await pages.prepare();
const serveApi = getRequestListener(
  (request, { incoming }) => api.fetch(request, { clientAddress: addressOf(incoming) }),
  { overrideGlobalObjects: false },
);
const servePage = pages.getRequestHandler();

const answering = new Set<Promise<void>>();
const server = createServer((request, response) => {
  const answer = handle(request, response).catch((err: unknown) => {
    log.error({ err }, 'request failed outside the handlers');
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
  answering.add(answer);
  void answer.finally(() => answering.delete(answer));
});
server.headersTimeout = HEADERS_TIMEOUT_MS;
server.requestTimeout = REQUEST_TIMEOUT_MS;

const realtime = await attachRealtime(server);
const upgradePage = pages.getUpgradeHandler();
server.on('upgrade', (request, socket, head) => {
  // Socket.IO takes its own; the rest is Next.js reloading pages in development.
  if (!request.url?.startsWith('/socket.io/')) void upgradePage(request, socket, head);
});

// Next.js only prints what nobody caught: a web process that cannot listen would stay for ever.
server.once('error', (err) => {
  log.fatal({ err, host: HOST, port: PORT }, 'web cannot listen');
  process.exit(1);
});
server.listen(PORT, HOST, () => {
  log.info({ host: HOST, port: PORT }, 'web listens');
  void warnOfDatabaseRole(log);
  process.send?.('ready');
  sendPulse();
});

for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => void stop());

/** The API goes past Next.js: a route handler costs several times the query behind it. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const isApi = url.startsWith('/api/') && !url.startsWith('/api/auth/');
  for (const [name, value] of Object.entries(headersFor(url))) response.setHeader(name, value);
  const refusal = refuse(request, !isApi);
  if (refusal) {
    response.writeHead(refusal.status, refusal.headers).end();
    return;
  }
  if (isApi) {
    const end = requestSeconds.startTimer();
    response.once('finish', () =>
      end({ method: methodLabel(request.method), status: `${Math.floor(response.statusCode / 100)}xx` }),
    );
    return serveApi(request, response);
  }
  passAddress(request, addressOf(request));
  request.url = pageAddress(url);
  request.headers['x-elder-path'] = request.url;
  return asNobody(() => servePage(request, response));
}

function addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  return clientAddress(socket.remoteAddress, String(headers['x-forwarded-for'] ?? ''), proxies);
}

let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info('web stops');
  await realtime.close();
  server.closeIdleConnections();
  server.close();
  // Clients may be gone, what they asked for still reads the database, and a letter may be on its way.
  await Promise.race([Promise.allSettled([...answering, passwordMailsEnd()]), wait(DRAIN_TIMEOUT_MS)]);
  await Promise.allSettled([pages.close(), closeDb(), tracing?.[Symbol.asyncDispose]()]);
  process.exit(0);
}

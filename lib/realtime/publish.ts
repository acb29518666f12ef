import { type DefaultEventsMap, Server } from 'socket.io';
import { createRealtimeAdapter } from './adapter';
import type { Deliveries } from './deliveries';
import type { AuditCompleted, AuditUpdate, FindingsChanged, WebhookChanged } from './events';

interface Publisher {
  server: Server<DefaultEventsMap, DefaultEventsMap, Deliveries>;
  close: () => Promise<void>;
}

// A server without sockets: what it emits reaches every web process.
let opening: Promise<Publisher> | undefined;

export async function publishUpdate(event: AuditUpdate): Promise<void> {
  const { server } = await publisher();
  server.serverSideEmit('deliver_update', event);
}

export async function publishCompleted(event: AuditCompleted): Promise<void> {
  const { server } = await publisher();
  server.serverSideEmit('deliver_completed', event);
}

export async function publishFindings(event: FindingsChanged): Promise<void> {
  const { server } = await publisher();
  server.serverSideEmit('deliver_findings', event);
}

export async function publishWebhook(event: WebhookChanged): Promise<void> {
  const { server } = await publisher();
  server.serverSideEmit('deliver_webhook', event);
}

export async function closePublisher(): Promise<void> {
  const open = opening;
  opening = undefined;
  await (await open)?.close();
}

function publisher(): Promise<Publisher> {
  opening ??= start();
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

async function start(): Promise<Publisher> {
  const { adapter, close } = await createRealtimeAdapter();
  const server: Publisher['server'] = new Server({ adapter });
  return {
    server,
    close: async () => {
      // There is no engine to close: nothing listens.
      await server.of('/').adapter.close();
      await close();
    },
  };
}

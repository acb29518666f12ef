import { randomUUID } from 'node:crypto';
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import type { Context } from '@/lib/auth/context';
import { hasPermission } from '@/lib/auth/permissions';
import { authenticate } from '@/lib/auth/session';
import { logger } from '@/lib/logger';
import { createRealtimeAdapter } from '@/lib/realtime/adapter';
import { type Deliveries, filterUpdate } from '@/lib/realtime/deliveries';
import {
  type ClientEvents,
  projectRoom,
  type ServerEvents,
  SubscribeTeam,
  SubscribeUpdates,
  teamRoom,
  Unsubscribe,
  UpdateFilter,
} from '@/lib/realtime/events';
import { findTeamOf } from './access';

const MAX_MESSAGE_BYTES = 16 * 1024;
const MAX_ROOMS = 50;
/** How soon a removed person or a lowered role stops getting updates. */
const RECHECK_MS = 5000;

interface SocketData {
  filter: UpdateFilter | null;
  /** Rooms joined, with the team whose permission they take. */
  rooms: Map<string, string>;
  credentials: { authorization: string | null; cookie: string | null };
}

type Hub = Server<ClientEvents, ServerEvents, Deliveries, SocketData>;
type Client = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** Serves Socket.IO on the web process: who may join which room, and each client's filter. */
export async function attachRealtime(
  server: HttpServer,
  recheckMs = RECHECK_MS,
): Promise<{ close: () => Promise<void> }> {
  const adapter = await createRealtimeAdapter();
  const hub: Hub = new Server(server, {
    adapter: adapter.adapter,
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest: (request, answer) => answer(null, isSameOrigin(request)),
  });
  hub.use((socket, next) => {
    admit(socket).then(
      (isKnown) => next(isKnown ? undefined : new Error('unauthenticated')),
      (err: unknown) => {
        logger().error({ err }, 'socket could not be authenticated');
        next(new Error('unavailable'));
      },
    );
  });
  hub.on('connection', listen);
  hub.on('deliver_update', (event) =>
    deliver(hub, event.projectId, event.teamId, (socket) =>
      socket.emit('audit_update', filterUpdate(event, socket.data.filter)),
    ),
  );
  hub.on('deliver_completed', (event) =>
    deliver(hub, event.projectId, event.teamId, (socket) => socket.emit('audit_completed', event)),
  );
  const stopping = new AbortController();
  const rechecking = keepRechecking(hub, recheckMs, stopping.signal);
  return {
    close: async () => {
      stopping.abort();
      await rechecking;
      await hub.close();
      await adapter.close();
    },
  };
}

async function admit(socket: Client): Promise<boolean> {
  const token: unknown = socket.handshake.auth.token;
  const credentials = {
    authorization: typeof token === 'string' ? `Bearer ${token}` : (socket.handshake.headers.authorization ?? null),
    cookie: socket.handshake.headers.cookie ?? null,
  };
  socket.data = { filter: null, rooms: new Map(), credentials };
  return (await contextOf(socket)).userId !== null;
}

function contextOf(socket: Client): Promise<Context> {
  return authenticate(socket.data.credentials, randomUUID(), logger());
}

function listen(socket: Client): void {
  socket.on('subscribe_updates', (request, answer) => {
    const parsed = SubscribeUpdates.safeParse(request);
    if (!parsed.success) return reply(answer, 'invalid_request');
    const { projectId } = parsed.data;
    void join(socket, projectRoom(projectId), () => findTeamOf(projectId), answer);
  });
  socket.on('subscribe_team', (request, answer) => {
    const parsed = SubscribeTeam.safeParse(request);
    if (!parsed.success) return reply(answer, 'invalid_request');
    const { teamId } = parsed.data;
    void join(socket, teamRoom(teamId), async () => teamId, answer);
  });
  socket.on('unsubscribe', (request, answer) => {
    const parsed = Unsubscribe.safeParse(request);
    if (!parsed.success) return reply(answer, 'invalid_request');
    const room = 'projectId' in parsed.data ? projectRoom(parsed.data.projectId) : teamRoom(parsed.data.teamId);
    void leave(socket, room).then(() => reply(answer, null));
  });
  socket.on('filter', (request, answer) => {
    const parsed = UpdateFilter.safeParse(request);
    if (!parsed.success) return reply(answer, 'invalid_request');
    socket.data.filter = parsed.data;
    reply(answer, null);
  });
}

type Answer = ((result: { ok: true } | { ok: false; code: string }) => void) | undefined;

/** Clients may leave the acknowledgement out, or send something else in its place. */
function reply(answer: Answer, code: string | null): void {
  if (typeof answer === 'function') answer(code === null ? { ok: true } : { ok: false, code });
}

async function join(socket: Client, room: string, teamOf: () => Promise<string | null>, answer: Answer): Promise<void> {
  try {
    if (socket.data.rooms.has(room)) return reply(answer, null);
    if (socket.data.rooms.size >= MAX_ROOMS) return reply(answer, 'rate_limited');
    const [ctx, teamId] = await Promise.all([contextOf(socket), teamOf()]);
    if (!teamId || !hasPermission(ctx, teamId, 'project.read')) return reply(answer, 'not_found');
    socket.data.rooms.set(room, teamId);
    await socket.join(room);
    reply(answer, null);
  } catch (err) {
    logger().error({ err }, 'subscription failed');
    reply(answer, 'unavailable');
  }
}

async function leave(socket: Client, room: string): Promise<void> {
  socket.data.rooms.delete(room);
  await socket.leave(room);
}

function deliver(hub: Hub, projectId: string, teamId: string, send: (socket: Client) => void): void {
  const { rooms, sids } = hub.of('/').adapter;
  const ids = new Set([...(rooms.get(projectRoom(projectId)) ?? []), ...(rooms.get(teamRoom(teamId)) ?? [])]);
  for (const id of ids) {
    const socket = sids.has(id) ? hub.of('/').sockets.get(id) : undefined;
    if (socket) send(socket);
  }
}

/** One round after the other: a slow database must not pile them up. */
async function keepRechecking(hub: Hub, everyMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) await recheck(hub);
  }
}

/** Permissions are asked again for open sockets, so a removed member stops listening. */
async function recheck(hub: Hub): Promise<void> {
  for (const socket of hub.of('/').sockets.values()) {
    try {
      const ctx = await contextOf(socket);
      if (!ctx.userId) {
        socket.disconnect(true);
        continue;
      }
      for (const [room, teamId] of socket.data.rooms) {
        if (hasPermission(ctx, teamId, 'project.read')) continue;
        await leave(socket, room);
      }
    } catch (err) {
      logger().warn({ err }, 'permissions of a socket could not be checked again');
    }
  }
}

/** Browsers send Origin on web sockets; another site's page must not ride on the cookie. */
function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

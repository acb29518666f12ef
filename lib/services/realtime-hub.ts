import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'socket.io';
import { contextOf, findIdentity, loadIdentities } from '@/lib/auth/identity';
import { hasPermission } from '@/lib/auth/permissions';
import { asSystem } from '@/lib/auth/tenants';
import { logger } from '@/lib/logger';
import { createRealtimeAdapter } from '@/lib/realtime/adapter';
import { filterUpdate } from '@/lib/realtime/deliveries';
import {
  projectRoom,
  SubscribeTeam,
  SubscribeUpdates,
  teamRoom,
  Unsubscribe,
  UpdateFilter,
} from '@/lib/realtime/events';
import { SOCKET_LIMITS, type SocketLimits } from '@/lib/realtime/limits';
import { findTeamOf } from './access';
import { type Client, createDoor, type Hub } from './realtime-door';

/** Serves Socket.IO on the web process: who may join which room, and each client's filter. */
export async function attachRealtime(
  server: HttpServer,
  given: Partial<SocketLimits> = {},
): Promise<{ close: () => Promise<void> }> {
  const limits = { ...SOCKET_LIMITS, ...given };
  const door = createDoor(limits);
  const adapter = await createRealtimeAdapter();
  const hub: Hub = new Server(server, {
    adapter: adapter.adapter,
    serveClient: false,
    maxHttpBufferSize: limits.messageBytes,
    allowRequest: (request, answer) =>
      void door.mayConnect(hub, request).then(
        (isAllowed) => answer(null, isAllowed),
        () => answer(null, false),
      ),
  });
  door.guard(hub);
  hub.on('connection', (socket) => listen(socket, limits.rooms));
  hub.on('deliver_update', (event) =>
    deliver(hub, event.projectId, event.teamId, (socket) =>
      socket.emit('audit_update', filterUpdate(event, socket.data.filter)),
    ),
  );
  hub.on('deliver_completed', (event) =>
    deliver(hub, event.projectId, event.teamId, (socket) => socket.emit('audit_completed', event)),
  );
  hub.on('deliver_findings', (event) =>
    deliver(hub, event.projectId, event.teamId, (socket) => socket.emit('findings_changed', event)),
  );
  hub.on('deliver_webhook', (event) =>
    deliver(hub, event.projectId, event.teamId, (socket) => socket.emit('webhook_changed', event)),
  );
  const stopping = new AbortController();
  const rechecking = keepRechecking(hub, limits.recheckMs, stopping.signal);
  return {
    close: async () => {
      stopping.abort();
      await rechecking;
      await hub.close();
      await adapter.close();
    },
  };
}

function listen(socket: Client, maxRooms: number): void {
  socket.on('subscribe_updates', (request, answer) => {
    const parsed = SubscribeUpdates.safeParse(request);
    if (!parsed.success) return reply(answer, 'invalid_request');
    const { projectId } = parsed.data;
    void join(socket, projectRoom(projectId), () => findTeamOf(projectId), maxRooms).then((code) =>
      reply(answer, code),
    );
  });
  socket.on('subscribe_team', (request, answer) => {
    const parsed = SubscribeTeam.safeParse(request);
    if (!parsed.success) return reply(answer, 'invalid_request');
    const { teamId } = parsed.data;
    void join(socket, teamRoom(teamId), async () => teamId, maxRooms).then((code) => reply(answer, code));
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

/** The code of a refusal; null when the socket is in the room. */
async function join(
  socket: Client,
  room: string,
  teamOf: () => Promise<string | null>,
  maxRooms: number,
): Promise<string | null> {
  const { rooms, credential } = socket.data;
  if (rooms.get(room)) return null;
  if (!rooms.has(room) && rooms.size >= maxRooms) return 'rate_limited';
  // Takes its place before anything is asked, so that many at once do not all find room.
  rooms.set(room, null);
  try {
    const [identity, teamId] = await Promise.all([findIdentity(credential), asSystem(teamOf)]);
    const ctx = contextOf(identity, { requestId: randomUUID(), address: null, log: logger() });
    if (!teamId || !hasPermission(ctx, teamId, 'project.read')) {
      rooms.delete(room);
      return 'not_found';
    }
    // It may have been left meanwhile.
    if (!rooms.has(room)) return null;
    rooms.set(room, teamId);
    await socket.join(room);
    return null;
  } catch (err) {
    rooms.delete(room);
    logger().error({ err }, 'subscription failed');
    return 'unavailable';
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
    if (signal.aborted) return;
    await recheck(hub).catch((err: unknown) =>
      logger().warn({ err }, 'permissions of sockets could not be checked again'),
    );
  }
}

/** Sessions and permissions are asked again for open sockets, so a removed member stops listening. */
async function recheck(hub: Hub): Promise<void> {
  const sockets = [...hub.of('/').sockets.values()];
  if (sockets.length === 0) return;
  const credentials = new Map(sockets.map(({ data: { credential } }) => [credential.key, credential]));
  const identities = await asSystem(() => loadIdentities([...credentials.values()]));
  for (const socket of sockets) {
    const identity = identities.get(socket.data.credential.key) ?? null;
    if (!identity) {
      socket.disconnect(true);
      continue;
    }
    const ctx = contextOf(identity, { requestId: 'recheck', address: null, log: logger() });
    for (const [room, teamId] of socket.data.rooms) {
      if (teamId && !hasPermission(ctx, teamId, 'project.read')) await leave(socket, room);
    }
  }
}

import { io, type Socket } from 'socket.io-client';
import type {
  AuditCompleted,
  AuditUpdate,
  ClientEvents,
  FindingsChanged,
  ServerEvents,
  WebhookChanged,
} from '@/lib/realtime/events';
import { createSequenceTracker } from './sequence';

export type Room = { projectId: string } | { teamId: string };

export interface Connection {
  /** `connecting` until it stands, and while it is tried again; `offline` once that is in vain. */
  state: 'connecting' | 'connected' | 'offline';
  /** When what is shown was last known to be right; milliseconds. */
  asOf: number;
}

interface Listener {
  onUpdate: (event: AuditUpdate, isGap: boolean) => void;
  onCompleted: (event: AuditCompleted) => void;
  onFindings: (event: FindingsChanged) => void;
  onWebhook: (event: WebhookChanged) => void;
  /** From now on events arrive; what happened between drawing the page and this moment did not. */
  onJoined: (room: Room) => void;
  /** The server would not let us in for now: what the room shows must be read. */
  onRefused: (room: Room) => void;
  /** Events were missed while the connection was away: read everything shown again. */
  onMissed: () => void;
}

export type LiveSocket = Pick<Socket<ServerEvents, ClientEvents>, 'active' | 'connected' | 'emit' | 'on'>;

/** How often a room that was refused is asked for again. */
const RETRY_MS = 10_000;
/** One that fails is soon made up for: a busy server, a restart. */
const TRIES_UNTIL_OFFLINE = 3;

/** One connection a tab. Rooms are counted, so that two parts of a page may ask for the same. */
export function createLiveClient(connect: () => LiveSocket) {
  let socket: LiveSocket | null = null;
  let connection: Connection = { state: 'connecting', asOf: 0 };
  let wasConnected = false;
  let failedTries = 0;
  const rooms = new Map<string, { room: Room; users: number }>();
  const tracker = createSequenceTracker();
  const listeners = new Set<Listener>();
  const watchers = new Set<() => void>();

  const setState = (state: Connection['state']) => {
    if (connection.state === state) return;
    connection = { state, asOf: connection.state === 'connected' ? Date.now() : connection.asOf };
    for (const watcher of watchers) watcher();
  };

  const isWanted = (room: Room) => rooms.has(keyOf(room));

  const retry = (room: Room) => {
    for (const listener of listeners) listener.onRefused(room);
    setTimeout(() => {
      // A new connection asks for all rooms by itself.
      if (isWanted(room) && socket?.connected) subscribe(room);
    }, RETRY_MS);
  };

  const subscribe = (room: Room) => {
    const answer = (result: { ok: true } | { ok: false; code: string }) => {
      if (!isWanted(room)) return;
      if (result.ok) for (const listener of listeners) listener.onJoined(room);
      // What does not exist for us will not exist later either; the page itself says so.
      else if (result.code !== 'not_found') retry(room);
    };
    if ('projectId' in room) socket?.emit('subscribe_updates', room, answer);
    else socket?.emit('subscribe_team', room, answer);
  };

  const open = () => {
    if (socket) return;
    const opened = connect();
    socket = opened;
    // Without `active` nothing tries again by itself.
    const lose = () => setState(failedTries < TRIES_UNTIL_OFFLINE && opened.active ? 'connecting' : 'offline');
    socket.on('connect', () => {
      failedTries = 0;
      for (const { room } of rooms.values()) subscribe(room);
      setState('connected');
      if (wasConnected) for (const listener of listeners) listener.onMissed();
      wasConnected = true;
    });
    socket.on('disconnect', lose);
    socket.on('connect_error', () => {
      failedTries += 1;
      lose();
    });
    socket.on('audit_update', (event) => {
      const arrival = tracker.observe(event.auditId, event.sequence);
      if (arrival === 'stale') return;
      for (const listener of listeners) listener.onUpdate(event, arrival === 'gap');
    });
    socket.on('audit_completed', (event) => {
      if (tracker.observe(event.auditId, event.sequence) === 'stale') return;
      for (const listener of listeners) listener.onCompleted(event);
    });
    socket.on('findings_changed', (event) => {
      for (const listener of listeners) listener.onFindings(event);
    });
    socket.on('webhook_changed', (event) => {
      for (const listener of listeners) listener.onWebhook(event);
    });
  };

  return {
    /** Joins a room until the returned function is called. */
    join: (room: Room): (() => void) => {
      open();
      const key = keyOf(room);
      const entry = rooms.get(key) ?? { room, users: 0 };
      rooms.set(key, entry);
      entry.users += 1;
      if (entry.users === 1 && socket?.connected) subscribe(room);
      return () => {
        entry.users -= 1;
        if (entry.users > 0) return;
        rooms.delete(key);
        if (socket?.connected) socket.emit('unsubscribe', room);
      };
    },
    seed: tracker.seed,
    listen: (listener: Listener): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: (watcher: () => void): (() => void) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    connection: () => connection,
  };
}

function keyOf(room: Room): string {
  return JSON.stringify(room);
}

export const liveClient = createLiveClient(() =>
  io({ path: '/socket.io', transports: ['websocket', 'polling'], withCredentials: true }),
);

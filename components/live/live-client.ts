import { io, type Socket } from 'socket.io-client';
import type { AuditCompleted, AuditUpdate, ClientEvents, ServerEvents } from '@/lib/realtime/events';
import { createSequenceTracker } from './sequence';

export type Room = { projectId: string } | { teamId: string };

export interface Connection {
  state: 'connecting' | 'connected' | 'offline';
  /** When what is shown was last known to be right; milliseconds. */
  asOf: number;
}

interface Listener {
  onUpdate: (event: AuditUpdate, isGap: boolean) => void;
  onCompleted: (event: AuditCompleted) => void;
  /** From now on events arrive; what happened between drawing the page and this moment did not. */
  onJoined: (room: Room) => void;
  /** Events were missed while the connection was away: read everything shown again. */
  onMissed: () => void;
}

type LiveSocket = Socket<ServerEvents, ClientEvents>;

/** One connection a tab. Rooms are counted, so that two parts of a page may ask for the same. */
function createLiveClient() {
  let socket: LiveSocket | null = null;
  let connection: Connection = { state: 'connecting', asOf: 0 };
  let wasConnected = false;
  const rooms = new Map<string, { room: Room; users: number }>();
  const tracker = createSequenceTracker();
  const listeners = new Set<Listener>();
  const watchers = new Set<() => void>();

  const setState = (state: Connection['state']) => {
    if (connection.state === state) return;
    connection = { state, asOf: connection.state === 'connected' ? Date.now() : connection.asOf };
    for (const watcher of watchers) watcher();
  };

  const subscribe = (room: Room) => {
    const answer = ({ ok }: { ok: boolean }) => {
      if (ok) for (const listener of listeners) listener.onJoined(room);
    };
    if ('projectId' in room) socket?.emit('subscribe_updates', room, answer);
    else socket?.emit('subscribe_team', room, answer);
  };

  const open = () => {
    if (socket) return;
    socket = io({ path: '/socket.io', transports: ['websocket', 'polling'], withCredentials: true });
    socket.on('connect', () => {
      for (const { room } of rooms.values()) subscribe(room);
      setState('connected');
      if (wasConnected) for (const listener of listeners) listener.onMissed();
      wasConnected = true;
    });
    socket.on('disconnect', () => setState('offline'));
    socket.on('connect_error', () => setState('offline'));
    socket.on('audit_update', (event) => {
      const arrival = tracker.observe(event.auditId, event.sequence);
      if (arrival === 'stale') return;
      for (const listener of listeners) listener.onUpdate(event, arrival === 'gap');
    });
    socket.on('audit_completed', (event) => {
      if (tracker.observe(event.auditId, event.sequence) === 'stale') return;
      for (const listener of listeners) listener.onCompleted(event);
    });
  };

  return {
    /** Joins a room until the returned function is called. */
    join: (room: Room): (() => void) => {
      open();
      const key = JSON.stringify(room);
      const entry = rooms.get(key) ?? { room, users: 0 };
      rooms.set(key, entry);
      entry.users += 1;
      if (entry.users === 1 && socket?.connected) subscribe(room);
      return () => {
        entry.users -= 1;
        if (entry.users === 0) rooms.delete(key);
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

export const liveClient = createLiveClient();

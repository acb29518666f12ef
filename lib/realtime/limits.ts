/** What one web process bears of its sockets. */
export const SOCKET_LIMITS = {
  /** Connections, of all people together. */
  connections: 2000,
  /** Connections that have not said yet who they are. */
  strangers: 100,
  /** How long a connection may stay one of them. */
  strangerMs: 5000,
  /** Sockets of one person, as in many tabs. */
  perPerson: 50,
  /** Rooms one socket may be in. */
  rooms: 50,
  messageBytes: 16 * 1024,
  /** Of one connection; heartbeats count. */
  messagesPerMinute: 300,
  /** That may come at once, as when a page joins all its rooms again. */
  messageBurst: 120,
  /** How soon the sockets of an ended session, and rooms of a lost role, are closed. */
  recheckMs: 2000,
} as const satisfies Record<string, number>;

export type SocketLimits = Readonly<Record<keyof typeof SOCKET_LIMITS, number>>;

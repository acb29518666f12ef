import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import { clientAddress, readNetworks } from '@/lib/auth/client-address';
import { type Credential, type CredentialHeaders, readCredential } from '@/lib/auth/credential';
import type { Identity } from '@/lib/auth/identity';
import { createPace } from '@/lib/auth/pace';
import { NO_CONTENT_POLICY, securityHeaders } from '@/lib/auth/security-headers';
import { identify } from '@/lib/auth/session';
import { env } from '@/lib/env';
import { type ErrorCode, isAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import type { Deliveries } from '@/lib/realtime/deliveries';
import type { ClientEvents, ServerEvents, UpdateFilter } from '@/lib/realtime/events';
import type { SocketLimits } from '@/lib/realtime/limits';
import { openSockets, refusals } from './metrics';

export interface SocketData {
  filter: UpdateFilter | null;
  /** Rooms joined or being joined, with the team whose permission they take; null until that is known. */
  rooms: Map<string, string | null>;
  credential: Credential;
}

export type Hub = Server<ClientEvents, ServerEvents, Deliveries, SocketData>;
export type Client = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

export interface Door {
  /** Whether a handshake may become a connection. A browser shows its session here; a token comes a message later. */
  mayConnect: (hub: Hub, request: IncomingMessage) => Promise<boolean>;
  /** Lets sockets in and sends away those that talk too fast or say nothing. */
  guard: (hub: Hub) => void;
}

/** Who may connect, how many, and how fast they may talk. */
export function createDoor(limits: SocketLimits): Door {
  /** Connections that nobody has said to be theirs, with what ends them. */
  const strangers = new Map<Connection, NodeJS.Timeout>();
  const people = new Map<string, number>();
  const tried = new WeakSet<Connection>();

  const forget = (connection: Connection) => {
    clearTimeout(strangers.get(connection));
    strangers.delete(connection);
  };
  const admitOnce = async (socket: Client): Promise<ErrorCode | null> => {
    if (tried.has(socket.conn)) return 'unauthenticated';
    tried.add(socket.conn);
    const refusal = await admit(socket, people, limits.perPerson);
    if (refusal === null) forget(socket.conn);
    else refusals.inc({ code: refusal });
    return refusal;
  };

  return {
    async mayConnect(hub, request) {
      if (!isSameOrigin(request)) return false;
      const isKnown = (await identifyRequest(request).catch(() => null)) !== null;
      return hub.engine.clientsCount < limits.connections && (isKnown || strangers.size < limits.strangers);
    },
    guard(hub) {
      hub.engine.use(setHeaders);
      hub.engine.on('connection', (connection: Connection) => {
        const pace = createPace(limits.messagesPerMinute, limits.messageBurst);
        connection.on('packet', () => {
          if (pace() > 0) connection.close(true);
        });
        strangers.set(
          connection,
          setTimeout(() => connection.close(true), limits.strangerMs),
        );
        connection.once('close', () => forget(connection));
      });
      hub.use((socket, next) => {
        admitOnce(socket).then(
          (refusal) => next(refusal ? new Error(refusal) : undefined),
          (err: unknown) => {
            logger().error({ err }, 'socket could not be authenticated');
            next(new Error('unavailable'));
          },
        );
      });
      // Without its socket a connection would stay for nothing.
      hub.on('connection', (socket) => {
        openSockets.inc();
        socket.on('disconnect', () => {
          openSockets.dec();
          socket.conn.close();
        });
      });
    },
  };
}

type Connection = Client['conn'];

function setHeaders(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
  for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
  response.setHeader('content-security-policy', NO_CONTENT_POLICY);
  response.setHeader('cache-control', 'no-store');
  next();
}

/** The code of a refusal; null when the socket is let in. */
async function admit(socket: Client, people: Map<string, number>, perPerson: number): Promise<ErrorCode | null> {
  const headers = credentialHeaders(socket);
  const [identity, credential] = [await tryIdentify(headers, socket.request), await readCredential(headers)];
  if (identity === 'rate_limited') return identity;
  if (!identity || !credential) return 'unauthenticated';
  if (socket.conn.readyState !== 'open') return 'cancelled';
  const { userId } = identity;
  const open = people.get(userId) ?? 0;
  if (open >= perPerson) return 'rate_limited';
  people.set(userId, open + 1);
  socket.data = { filter: null, rooms: new Map(), credential };
  // Of the connection: a socket that goes away before it is let in tells nobody.
  socket.conn.once('close', () => {
    const left = (people.get(userId) ?? 1) - 1;
    if (left > 0) people.set(userId, left);
    else people.delete(userId);
  });
  return null;
}

async function tryIdentify(
  headers: CredentialHeaders,
  request: IncomingMessage,
): Promise<Identity | 'rate_limited' | null> {
  try {
    return await identify(headers, addressOf(request));
  } catch (error) {
    if (isAppError(error) && error.code === 'rate_limited') return error.code;
    throw error;
  }
}

function credentialHeaders(socket: Client): CredentialHeaders {
  const token: unknown = socket.handshake.auth.token;
  const { authorization, cookie } = socket.handshake.headers;
  return {
    authorization: typeof token === 'string' ? `Bearer ${token}` : (authorization ?? null),
    cookie: cookie ?? null,
  };
}

function identifyRequest(request: IncomingMessage): Promise<Identity | null> {
  const { authorization = null, cookie = null } = request.headers;
  return identify({ authorization, cookie }, addressOf(request));
}

let proxies: ReturnType<typeof readNetworks> | undefined;

function addressOf({ socket, headers }: IncomingMessage): string {
  proxies ??= readNetworks(env().TRUSTED_PROXIES);
  return clientAddress(socket.remoteAddress, String(headers['x-forwarded-for'] ?? ''), proxies);
}

/** Browsers send Origin on web sockets; another site's page must not ride on the cookie. */
function isSameOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

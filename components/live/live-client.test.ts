import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLiveClient, type LiveSocket } from './live-client';

type Reply = (result: { ok: true } | { ok: false; code: string }) => void;

/** The far end of the connection: what was sent, and what happens there. */
function fakeServer(replies: { ok: true } | { ok: false; code: string } = { ok: true }) {
  const handlers = new Map<string, () => void>();
  const sent: [string, unknown][] = [];
  const server = {
    answer: replies,
    sent,
    connect: () => socket,
    open: () => {},
    drop: () => {},
    refuse: (_isLast?: boolean) => {},
  };
  const socket = {
    connected: false,
    active: true,
    on: (name: string, handler: () => void) => handlers.set(name, handler),
    emit: (name: string, room: unknown, reply?: Reply) => {
      sent.push([name, room]);
      reply?.(server.answer);
    },
  } as unknown as LiveSocket;
  server.open = () => {
    Object.assign(socket, { connected: true });
    handlers.get('connect')?.();
  };
  server.drop = () => {
    Object.assign(socket, { connected: false });
    handlers.get('disconnect')?.();
  };
  server.refuse = (isLast = false) => {
    if (isLast) Object.assign(socket, { active: false });
    handlers.get('connect_error')?.();
  };
  return server;
}

const ROOM = { projectId: 'p' };

function listener() {
  return {
    onUpdate: vi.fn(),
    onCompleted: vi.fn(),
    onFindings: vi.fn(),
    onWebhook: vi.fn(),
    onJoined: vi.fn(),
    onRefused: vi.fn(),
    onMissed: vi.fn(),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('rooms', () => {
  test('are left when nothing on the page needs them any more', () => {
    const server = fakeServer();
    const client = createLiveClient(server.connect);
    const [first, second] = [client.join(ROOM), client.join(ROOM)];
    server.open();

    first();
    const before = [...server.sent];
    second();

    expect(before).toEqual([['subscribe_updates', ROOM]]);
    expect(server.sent.slice(1)).toEqual([['unsubscribe', ROOM]]);
  });

  test('that were refused are read, and asked for again until they let us in', () => {
    const server = fakeServer({ ok: false, code: 'rate_limited' });
    const client = createLiveClient(server.connect);
    const told = listener();
    client.listen(told);
    client.join(ROOM);
    server.open();

    vi.advanceTimersByTime(10_000);
    server.answer = { ok: true };
    vi.advanceTimersByTime(20_000);

    expect(told.onRefused).toHaveBeenCalledTimes(2);
    expect(told.onJoined).toHaveBeenCalledTimes(1);
    expect(server.sent).toHaveLength(3);
  });

  test('that do not exist for the person are asked for once', () => {
    const server = fakeServer({ ok: false, code: 'not_found' });
    const client = createLiveClient(server.connect);
    client.join(ROOM);
    server.open();

    vi.advanceTimersByTime(60_000);

    expect(server.sent).toHaveLength(1);
  });

  test('are not asked for again once they were left', () => {
    const server = fakeServer({ ok: false, code: 'unavailable' });
    const client = createLiveClient(server.connect);
    const leave = client.join(ROOM);
    server.open();

    leave();
    vi.advanceTimersByTime(60_000);

    expect(server.sent.map(([name]) => name)).toEqual(['subscribe_updates', 'unsubscribe']);
  });
});

describe('the connection', () => {
  function opened() {
    const server = fakeServer();
    const client = createLiveClient(server.connect);
    client.join(ROOM);
    return { server, state: () => client.connection().state };
  }

  test('is tried a few times before it counts as lost', () => {
    const { server, state } = opened();

    const states = [1, 2, 3].map(() => {
      server.refuse();
      return state();
    });

    expect(states).toEqual(['connecting', 'connecting', 'offline']);
  });

  test('that broke off is tried again first, with the tries counted anew', () => {
    const { server, state } = opened();
    server.refuse();
    server.refuse();
    server.open();

    server.drop();
    server.refuse();
    server.refuse();
    const before = state();
    server.refuse();

    expect([before, state()]).toEqual(['connecting', 'offline']);
  });

  test('that nothing tries again is lost at once', () => {
    const { server, state } = opened();

    server.refuse(true);

    expect(state()).toBe('offline');
  });

  test('stays lost over further tries until it stands', () => {
    const { server, state } = opened();
    for (let tries = 0; tries < 5; tries += 1) server.refuse();
    const before = state();

    server.open();

    expect([before, state()]).toEqual(['offline', 'connected']);
  });
});

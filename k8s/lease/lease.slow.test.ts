import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { connectTo } from '@/tests/support/kubernetes/kubeconfig';
import type { Cluster } from '../cluster';
import { at } from '../cluster/cluster-object';
import { lead } from './hold-lease';
import { createLease, type LeaseOptions } from './lease';

const LEASE = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'default', name: 'scaler' };

let server: ApiServer;
let cluster: Cluster & AsyncDisposable;

beforeEach(async () => {
  server = await startApiServer();
  cluster = await connectTo(server);
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const candidate = (identity: string, now?: () => number): LeaseOptions => ({
  namespace: 'default',
  name: 'scaler',
  identity,
  durationSeconds: 15,
  ...(now && { now }),
});

test('one of two holds it, and the other may when it is given back', async () => {
  const one = createLease(cluster, candidate('one'));
  const two = createLease(cluster, candidate('two'));

  expect(await one.tryHold()).toBe(true);
  expect(await two.tryHold()).toBe(false);
  expect(two.holder()).toBe('one');
  await one.release();
  expect(await two.tryHold()).toBe(true);
  expect(at(server.find(LEASE), 'spec')).toMatchObject({ holderIdentity: 'two', leaseTransitions: 2 });
});

test('of two who take a free one at the same moment only one gets it', async () => {
  const one = createLease(cluster, candidate('one'));
  const two = createLease(cluster, candidate('two'));

  const held = await Promise.all([one.tryHold(), two.tryHold()]);

  expect(held.filter(Boolean)).toHaveLength(1);
});

test('one that is renewed is not taken, whatever the clocks say', async () => {
  let clock = 0;
  const one = createLease(cluster, candidate('one'));
  const two = createLease(
    cluster,
    candidate('two', () => clock),
  );
  await one.tryHold();
  server.edit(LEASE, (lease) => {
    lease.spec = { ...(lease.spec as object), renewTime: '2001-01-01T00:00:00.000000Z' };
  });

  expect(await two.tryHold()).toBe(false);
  clock = 14_000;
  await one.tryHold();
  expect(await two.tryHold()).toBe(false);
  clock = 28_000;
  expect(await two.tryHold()).toBe(false);
  clock = 29_000;
  expect(await two.tryHold()).toBe(true);
  expect(await one.tryHold()).toBe(false);
});

const quick = (identity: string, signal?: AbortSignal) => ({
  ...candidate(identity),
  durationSeconds: 1,
  retryMs: 20,
  ...(signal && { signal }),
});
const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

test('a leader that cannot reach the server stops before another leads', async () => {
  const order: string[] = [];
  await using cut = await connectTo(server, { tries: 1, waitMs: 2 });
  let isCut = false;
  const unreachable: Cluster = {
    ...cut,
    find: (...args) => (isCut ? Promise.reject(new Error('cut off')) : cut.find(...args)),
  };
  const stop = new AbortController();
  const first = lead(unreachable, quick('one', stop.signal), async (signal) => {
    order.push('one leads');
    isCut = true;
    await until(signal);
    order.push('one stops');
    stop.abort();
  }).catch(() => undefined);
  await expect.poll(() => order).toContain('one leads');

  await lead(cluster, quick('two'), async () => void order.push('two leads'));
  await first;

  expect(order).toEqual(['one leads', 'one stops', 'two leads']);
});

test('the next one leads as soon as the work of the first is done', async () => {
  const order: string[] = [];
  await Promise.all([
    lead(cluster, { ...quick('one'), durationSeconds: 60 }, async () => void order.push('one')),
    lead(cluster, { ...quick('two'), durationSeconds: 60 }, async () => void order.push('two')),
  ]);

  expect(order.sort()).toEqual(['one', 'two']);
});

test('a signal ends a candidate that waits', async () => {
  await createLease(cluster, candidate('other')).tryHold();
  const stop = new AbortController();
  const waiting = lead(cluster, { ...candidate('one'), retryMs: 10, signal: stop.signal }, async () => 'led');

  stop.abort();

  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
});

test('work that fails gives the lease back', async () => {
  await expect(
    lead(cluster, quick('one'), async () => {
      throw new TypeError('wrong');
    }),
  ).rejects.toThrow('wrong');

  expect(at(server.find(LEASE), 'spec', 'holderIdentity')).toBe('');
});

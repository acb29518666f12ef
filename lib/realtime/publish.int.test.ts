import pg from 'pg';
import { Server } from 'socket.io';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createRealtimeAdapter } from './adapter';
import type { AuditUpdate } from './events';
import { closePublisher, publishUpdate } from './publish';

let database: TestDatabase;

beforeAll(async () => {
  // Over PostgreSQL, also when the run was given a Redis.
  delete process.env.REDIS_URL;
  database = await testDatabase();
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

test('a process that ends right after its first event still sends it', async () => {
  const { adapter, close } = await createRealtimeAdapter();
  const web = new Server({ adapter });
  const heard: AuditUpdate[] = [];
  web.on('deliver_update', (event) => heard.push(event));
  await listening();

  await publishUpdate({ auditId: 'a', sequence: 1 } as AuditUpdate);
  await closePublisher();

  await vi.waitFor(() => expect(heard).toEqual([{ auditId: 'a', sequence: 1 }]), { timeout: 10_000 });
  await web.of('/').adapter.close();
  await close();
});

test('closes while it still opens its connection', async () => {
  const { adapter, close } = await createRealtimeAdapter();
  const web = new Server({ adapter });

  await web.of('/').adapter.close();

  await expect(close()).resolves.toBeUndefined();
});

test('events arrive again after the database was lost more often than there are connections', async () => {
  const { adapter, close } = await createRealtimeAdapter();
  const web = new Server({ adapter });
  const heard: AuditUpdate[] = [];
  web.on('deliver_update', (event) => heard.push(event));

  for (let losses = 0; losses < 4; losses++) {
    await listening();
    await runSql(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'elder-events'",
    );
  }
  await listening();
  await publishUpdate({ auditId: 'b', sequence: 2 } as AuditUpdate);

  await vi.waitFor(() => expect(heard).toEqual([{ auditId: 'b', sequence: 2 }]), { timeout: 10_000 });
  await closePublisher();
  await web.of('/').adapter.close();
  await close();
});

/** Until PostgreSQL has what the web listens on. */
async function listening(): Promise<void> {
  const sql = `select pid from pg_stat_activity
    where datname = current_database() and application_name = 'elder-events' and query like 'LISTEN%' and state = 'idle'`;
  await vi.waitFor(async () => expect(await runSql(sql)).toHaveLength(1), { timeout: 10_000 });
}

async function runSql(sql: string): Promise<unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

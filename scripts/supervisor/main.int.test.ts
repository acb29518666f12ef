import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { APPLICATION, adminUrl, applicationUrl, type ClusterRecord } from '@/scripts/postgres/record';
import { runSql } from '@/tests/support/postgres';
import {
  type Instance,
  isAlive,
  newInstance,
  processesOf,
  runSupervisor,
  type SupervisorRun,
  webPid,
} from '@/tests/support/supervisor';

const UNTIL = { timeout: 30_000, interval: 50 };
let instance: Instance;
let runs: SupervisorRun[];

beforeEach(async () => {
  instance = await newInstance();
  runs = [];
});

afterEach(async () => {
  for (const run of runs) run.process.kill('SIGTERM');
  await Promise.all(runs.map((run) => run.exitCode));
  await instance[Symbol.asyncDispose]();
});

describe('a running supervisor', () => {
  test('starts the web again when it dies', async () => {
    await startReady();
    const first = await webPid(instance);

    process.kill(first, 'SIGKILL');

    await vi.waitFor(async () => expect(await webPid(instance)).not.toBe(first), UNTIL);
  });

  test('starts the database again when it dies, at the same address', async () => {
    const run = await startReady();
    const [first, address] = readPostmaster();

    process.kill(Number(first), 'SIGKILL');
    await run.says(/PostgreSQL stopped/);

    await vi.waitFor(() => {
      const [pid, sameAddress] = readPostmaster();
      expect(pid).not.toBe(first);
      expect(sameAddress).toBe(address);
      expect(isAlive(Number(pid))).toBe(true);
    }, UNTIL);
  });

  test('leaves no process behind on SIGTERM and ends with 0', async () => {
    const run = await startReady();
    const processes = processesOf(instance, pidOf(run));

    run.process.kill('SIGTERM');
    const exitCode = await run.exitCode;

    expect(exitCode).toBe(0);
    expect(processes.length).toBeGreaterThanOrEqual(5);
    expect(processes.filter(isAlive)).toEqual([]);
  });

  test('leaves no process behind when it is killed, and the next start works', async () => {
    const run = await startReady();
    const processes = processesOf(instance, pidOf(run));

    run.process.kill('SIGKILL');

    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), UNTIL);
    await startReady();
    expect(await webPid(instance)).toBeGreaterThan(0);
  });

  test('takes over a database that outlived everything else', async () => {
    const run = await startReady();
    const [first] = readPostmaster();
    const others = processesOf(instance, pidOf(run)).filter((pid) => pid !== Number(first));
    for (const pid of others) process.kill(pid, 'SIGKILL');
    await run.exitCode;
    const hasOutlived = isAlive(Number(first));

    await startReady();

    expect(hasOutlived).toBe(true);
    expect(readPostmaster()[0]).not.toBe(first);
    expect(isAlive(Number(first))).toBe(false);
  });

  test('gives a database of an earlier release the role that owns nothing', async () => {
    const first = await startReady();
    const made = readRecord();
    await runSql(
      adminUrl(made).replace(/postgres$/, 'elder'),
      `drop owned by ${APPLICATION}; drop role ${APPLICATION}`,
    );
    first.process.kill('SIGTERM');
    await first.exitCode;
    const { appPassword: _, ...earlier } = made;
    writeFileSync(recordFile(), JSON.stringify(earlier));

    const second = await startReady();

    const url = applicationUrl(readRecord());
    await runSql(url, 'select count(*) from projects');
    await expect(runSql(url, 'alter table projects disable row level security')).rejects.toThrow('must be owner');
    await expect(runSql(url, 'delete from audit_log')).rejects.toThrow('denied');
    expect(second.output()).not.toContain('database');
  });

  test('keeps a second one off its data directory', async () => {
    await startReady();

    const second = runSupervisor(instance, { PORT: String(instance.port + 1) });

    expect(await second.exitCode).toBe(1);
    expect(second.output()).toContain('Another Ancient Elder (process ');
    expect(await webPid(instance)).toBeGreaterThan(0);
  });
});

describe('a start that cannot be', () => {
  test('names a taken port and changes nothing', async () => {
    const other = createServer().listen(instance.port, '127.0.0.1');
    await once(other, 'listening');

    const run = runSupervisor(instance);

    expect(await run.exitCode).toBe(1);
    expect(run.output().trim()).toBe(`Port ${instance.port} on 127.0.0.1 is taken; stop what uses it or set PORT.`);
    expect(readdirSync(instance.dataDirectory)).toEqual([]);
    other.close();
  });

  test('names every bad setting and no value', async () => {
    const run = runSupervisor(instance, { LOG_LEVEL: 'shouting', AUTH_SECRET: 'hunter2' });

    expect(await run.exitCode).toBe(1);
    expect(run.output()).toMatch(/AUTH_SECRET.*LOG_LEVEL/);
    expect(run.output()).not.toMatch(/shouting|hunter2/);
  });

  test('refuses a data directory of a newer release and leaves it alone', async () => {
    const marker = path.join(instance.dataDirectory, 'instance.json');
    writeFileSync(marker, '{"format":99,"release":"9.0.0"}');

    const run = runSupervisor(instance);

    expect(await run.exitCode).toBe(1);
    expect(run.output()).toContain('was made by a newer release of Ancient Elder (9.0.0)');
    expect(readdirSync(instance.dataDirectory)).toEqual(['instance.json']);
  });

  test('refuses a database of a newer PostgreSQL and leaves it alone', async () => {
    const run = await startReady();
    run.process.kill('SIGTERM');
    await run.exitCode;
    writeFileSync(path.join(databaseDirectory(), 'PG_VERSION'), '19\n');

    const next = runSupervisor(instance);

    expect(await next.exitCode).toBe(1);
    expect(next.output()).toContain('was made by a newer PostgreSQL (19); this release runs 18.');
    expect(existsSync(path.join(databaseDirectory(), 'postmaster.pid'))).toBe(false);
  });

  test('says which database does not answer', async () => {
    const run = runSupervisor(instance, { DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/none' });

    expect(await run.exitCode).toBe(1);
    expect(run.output().trim()).toBe('No PostgreSQL answers at DATABASE_URL.');
  });
});

async function startReady(): Promise<SupervisorRun> {
  const run = runSupervisor(instance);
  runs.push(run);
  await run.says(/Ancient Elder is ready at/);
  return run;
}

function pidOf(run: SupervisorRun): number {
  if (run.process.pid === undefined) throw new Error('The supervisor did not start');
  return run.process.pid;
}

/** The number and the port of the database's main process. */
function readPostmaster(): [pid: string | undefined, port: string | undefined] {
  const lines = readFileSync(path.join(databaseDirectory(), 'postmaster.pid'), 'utf8').split('\n');
  return [lines[0], lines[3]];
}

function databaseDirectory(): string {
  return path.join(instance.dataDirectory, 'postgresql', 'data');
}

function recordFile(): string {
  return path.join(instance.dataDirectory, 'database.json');
}

function readRecord(): ClusterRecord {
  return JSON.parse(readFileSync(recordFile(), 'utf8')) as ClusterRecord;
}

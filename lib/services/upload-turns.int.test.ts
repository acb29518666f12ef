import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { saveCoverage } from './coverage-reports';
import { importFindings } from './imports';

const COMMIT = 'c'.repeat(40);
/** Each takes the thread for heavy work a good while. */
const LCOV = Buffer.from(
  Array.from({ length: 10 }, (_, file) =>
    [
      'SF:src/',
      file,
      '.ts\n',
      ...Array.from({ length: 10_000 }, (_line, at) => `DA:${at + 1},1\n`),
      'end_of_record\n',
    ].join(''),
  ).join(''),
);
const SARIF = Buffer.from(
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Slow' } },
        results: Array.from({ length: 3_000 }, (_, at) => ({
          ruleId: 'r',
          message: { text: `${at} ${'token password secret '.repeat(20)}` },
        })),
      },
    ],
  }),
);
const SMALL = Buffer.from('SF:src/pay.ts\nDA:1,1\nend_of_record\n');

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('a team that floods with slow reports keeps no other team waiting', { timeout: 180_000 }, async () => {
  const [flooding, other] = [await createTeam(), await createTeam()];
  const [floodedId, otherId] = [await createProject(flooding), await createProject(other)];
  let settled = 0;
  const flood = Array.from({ length: 30 }, (_, at) => {
    const sent =
      at % 2 === 0
        ? saveCoverage(flooding.as('member'), floodedId, { commit: COMMIT }, async () => LCOV)
        : importFindings(flooding.as('member'), floodedId, { commit: COMMIT }, async () => SARIF);
    return sent.then(
      () => {
        settled += 1;
        return 'kept';
      },
      (error: { code: string }) => error.code,
    );
  });
  // Those that find no room are told so at once.
  await wait(1);

  const before = settled;
  await saveCoverage(other.as('member'), otherId, { commit: COMMIT }, async () => SMALL);
  const during = settled - before;
  const ends = await Promise.all(flood);

  // What was under way ends, and some more while the database keeps the other report; the line behind waits.
  expect(during).toBeLessThanOrEqual(5);
  expect(new Set(ends)).toEqual(new Set(['kept', 'overloaded']));
  expect(ends.filter((end) => end === 'kept').length).toBeGreaterThan(2 * during);
});

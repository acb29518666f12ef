import { describe, expect, test } from 'vitest';
import { pendingMigrations, readMigrations } from './history';

const known = [
  { name: '0001_a', sql: 'a', checksum: 'ca' },
  { name: '0002_b', sql: 'b', checksum: 'cb' },
];

describe('the next migrations', () => {
  test('are those not applied, in order', () => {
    const pending = pendingMigrations(known, [{ name: '0001_a', checksum: 'ca', isFinished: true }]);

    expect(pending.map(({ name }) => name)).toEqual(['0002_b']);
  });

  test('are refused when the database knows more than we do', () => {
    const applied = [{ name: '0009_z', checksum: 'cz', isFinished: true }];

    expect(() => pendingMigrations(known, applied)).toThrow('made by a newer release of Ancient Elder');
  });

  test('are refused when one was changed afterwards', () => {
    const applied = [{ name: '0001_a', checksum: 'other', isFinished: true }];

    expect(() => pendingMigrations(known, applied)).toThrow('0001_a was changed after it was applied');
  });

  test('are refused when one was left half done by another tool', () => {
    const applied = [{ name: '0001_a', checksum: 'ca', isFinished: false }];

    expect(() => pendingMigrations(known, applied)).toThrow('0001_a of the database was started and never finished');
  });
});

test('the migrations of this release are read in the order of their names', () => {
  const names = readMigrations('prisma/migrations').map(({ name }) => name);

  expect(names.length).toBeGreaterThan(0);
  expect(names).toEqual([...names].sort());
});

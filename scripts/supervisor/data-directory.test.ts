import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assertWritable } from './data-directory';

test('names the place where nobody may write, and the setting', () => {
  // Not even root makes a directory here.
  const refused = () => assertWritable('/proc/sys/elder');

  expect(refused).toThrow(/^This user may not write to \/.*; set ELDER_DATA_DIR to another place\.$/);
});

test('takes a directory that can be made', () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'elder-writable-'));

  const accepted = () => assertWritable(path.join(parent, 'not', 'there', 'yet'));

  expect(accepted).not.toThrow();
  rmSync(parent, { recursive: true });
});

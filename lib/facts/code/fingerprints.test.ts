import { expect, test } from 'vitest';
import { collectBlob } from '../collect-blob';

const body = Array.from({ length: 20 }, (_, index) => `  if (rows[${index}] > ${index}) sum += rows[${index}];\n`).join(
  '',
);
const declare = (prefix: string) =>
  `${prefix}function total(rows: number[]) {\n  let sum = 0;\n${body}  return sum;\n}\n`;
const hashes = async (text: string) =>
  (await collectBlob('src/a.ts', Buffer.from(text))).fingerprints.map((print) => print.hash);

test('code that a module exports is fingerprinted like any other', async () => {
  const plain = await hashes(declare(''));
  const exported = await hashes(declare('export '));

  expect(plain.length).toBeGreaterThan(3);
  expect(exported.filter((hash) => plain.includes(hash)).length).toBeGreaterThan(plain.length / 2);
});

test('lists of names that a module passes on are not compared', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `name${index}`).join(', ');

  expect(await hashes(`export { ${names} } from './names';\n`)).toEqual([]);
});

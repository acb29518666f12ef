import { expect, test } from 'vitest';
import type { CommitFileFact } from '../facts/history';
import { linesToRead } from './no-huge-commit';

const change = (path: string, status: CommitFileFact['status'], added: number | null, deleted: number | null) => ({
  path,
  status,
  added,
  deleted,
  isCodeChanged: null,
});

test('counts added and deleted lines of code', () => {
  expect(linesToRead([change('src/a.ts', 'M', 10, 5), change('tests/a.test.ts', 'A', 20, 0)])).toBe(35);
});

test('leaves out data, documents, locks, generated code and deleted files', () => {
  const files = ['package-lock.json', 'README.md', 'dist/a.js', 'data/all.json'].map((path) =>
    change(path, 'M', 900, 0),
  );

  expect(linesToRead([...files, change('src/gone.ts', 'D', 0, 900)])).toBe(0);
});

test('leaves out pages among tests and keeps those of the product', () => {
  expect(linesToRead([change('tests/report.html', 'M', 900, 900), change('src/page.html', 'M', 10, 0)])).toBe(10);
});

test('takes a file deleted and one added with as many lines as moved, once', () => {
  const moved = [change('a.ts', 'D', 0, 300), change('b.ts', 'A', 300, 0), change('c.ts', 'A', 300, 0)];

  expect(linesToRead(moved)).toBe(300);
});

test.each([
  ['src/hyperlink.rs', 1039, 'src/hyperlink/mod.rs', 1159, 120],
  ['doh/internal/-DnsMessage.kt', 214, 'okhttp/dns/DnsMessage.kt', 150, 64],
  ['src/format_utils.rs', 1605, 'src/formatting.rs', 1608, 3],
])('takes %s, renamed and touched up, for the lines by which it changed', (from, deleted, to, added, expected) => {
  expect(linesToRead([change(from, 'D', 0, deleted), change(to, 'A', added, 0)])).toBe(expected);
});

test('counts a file written anew in place of another one', () => {
  const rewritten = [change('src/old.rs', 'D', 0, 400), change('src/new.rs', 'A', 600, 0)];
  const otherLanguage = [change('src/old.js', 'D', 0, 400), change('src/new.ts', 'A', 401, 0)];

  expect(linesToRead(rewritten)).toBe(600);
  expect(linesToRead(otherLanguage)).toBe(401);
});

test('says nothing where lines were not counted', () => {
  expect(linesToRead([change('src/a.ts', 'M', null, null)])).toBeNull();
});

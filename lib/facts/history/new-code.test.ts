import { expect, test } from 'vitest';
import type { Sketch } from '@/lib/magics/define';
import type { FileFact } from '@/lib/magics/facts/code';
import type { CommitFact, FileHistoryFact } from '@/lib/magics/facts/history';
import { factsFrom } from '@/tests/support/sketch';
import { collectNewCode } from './new-code';

const text = (name: string, lines: number) => Array.from({ length: lines }, (_, at) => `${name}(${at});\n`).join('');
const lcov = (path: string, hits: readonly number[]) =>
  `SF:${path}\n${hits.map((hit, at) => `DA:${at + 1},${hit}\n`).join('')}end_of_record\n`;
const flags = (hit: number, missed: number) => [...Array<number>(hit).fill(1), ...Array<number>(missed).fill(0)];

const newCodeOf = async (commits: Sketch['commits']) => (await factsFrom({ commits })).newCode;

test('only lines of the last thirty days are new', async () => {
  const newCode = await newCodeOf([
    { message: 'feat: begin', files: { 'src/pay.ts': text('pay', 10) }, at: '2024-01-01T12:00:00Z' },
    {
      message: 'feat: refund',
      files: { 'src/pay.ts': text('pay', 10) + text('refund', 4), 'lcov.info': lcov('src/pay.ts', flags(12, 2)) },
      at: '2024-06-01T12:00:00Z',
    },
  ]);

  expect(newCode?.files).toEqual([{ path: 'src/pay.ts', lines: 4, hit: 2, firstMissed: 13 }]);
});

test('a change of white space makes no line new', async () => {
  const newCode = await newCodeOf([
    { message: 'feat: begin', files: { 'src/pay.ts': text('pay', 10) }, at: '2024-01-01T12:00:00Z' },
    {
      message: 'style: indent',
      files: { 'src/pay.ts': text('  pay', 10), 'lcov.info': lcov('src/pay.ts', flags(0, 10)) },
      at: '2024-06-01T12:00:00Z',
    },
  ]);

  expect(newCode?.files).toEqual([]);
});

test('a new file is new as a whole, and tests are no new code', async () => {
  const report = lcov('src/pay.ts', flags(1, 2)) + lcov('src/pay.test.ts', flags(3, 0));
  const newCode = await newCodeOf([
    { message: 'docs: begin', files: { 'README.md': '# Pay\n' }, at: '2024-01-01T12:00:00Z' },
    {
      message: 'feat: pay',
      files: { 'src/pay.ts': text('pay', 3), 'src/pay.test.ts': text('test', 3), 'lcov.info': report },
      at: '2024-06-01T12:00:00Z',
    },
  ]);

  expect(newCode).toMatchObject({
    files: [{ path: 'src/pay.ts', lines: 3, hit: 1, firstMissed: 2 }],
    candidates: 1,
    leftOut: 0,
  });
});

test('Git is not asked about a file it would compare for too long', async () => {
  const now = 1_700_000_000;
  const path = 'src/all.ts';
  const files = [{ path, added: 1, deleted: 0 }];
  const commits = Array.from({ length: 200 }, () => ({ committedAt: now, files })) as unknown as CommitFact[];

  const newCode = await collectNewCode({
    repository: { gitDir: '/nowhere', isShallow: false },
    commit: '0'.repeat(40),
    now,
    coverage: [{ report: '', format: 'lcov', path, lines: 1, hit: 1, hitLines: [1, 1], missedLines: [] }],
    files: [{ path, role: 'production', sizeBytes: 5_000_000 } as FileFact],
    fileHistory: [{ path, createdAt: 1, changedAt: now } as FileHistoryFact],
    commits,
  });

  expect(newCode).toMatchObject({ fact: { files: [], candidates: 1, leftOut: 1 } });
});

test('Git is asked about thirty files, and what is left out is counted', async () => {
  const paths = Array.from({ length: 33 }, (_, at) => `src/file${at}.ts`);
  const each = (lines: (at: number) => string) => Object.fromEntries(paths.map((path, at) => [path, lines(at)]));
  const newCode = await newCodeOf([
    { message: 'feat: begin', files: each((at) => text(`a${at}`, 3)), at: '2024-01-01T12:00:00Z' },
    {
      message: 'feat: more',
      files: {
        ...each((at) => text(`a${at}`, 3) + text('b', at + 1)),
        'lcov.info': paths.map((path) => lcov(path, flags(0, 40))).join(''),
      },
      at: '2024-06-01T12:00:00Z',
    },
  ]);

  expect(newCode).toMatchObject({ candidates: 33, leftOut: 3 });
  expect(newCode?.files.map(({ path }) => path)).not.toContain('src/file0.ts');
  expect(newCode?.files.find(({ path }) => path === 'src/file32.ts')).toMatchObject({ lines: 33 });
});

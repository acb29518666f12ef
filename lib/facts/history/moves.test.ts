import { expect, test } from 'vitest';
import type { CommitFileRecord, CommitRecord } from './commit-record';
import { createHistoryTotals } from './history-totals';
import { findMoves } from './moves';
import { createRunSummary } from './run-summary';

const NONE = '0'.repeat(40);

/** `-path blob` left, `+path blob` came. */
function moved(...changes: string[]) {
  const rows = changes.map((change) => {
    const [path = '', blob = ''] = change.slice(1).split(' ');
    return { path, blob, isGone: change.startsWith('-') };
  });
  const files = rows.map(({ path, isGone }): CommitFileRecord => [isGone ? 'D' : 'A', path, null, null, null]);
  return findMoves(
    files,
    rows.map(({ blob, isGone }) => (isGone ? [blob, NONE] : [NONE, blob])),
  );
}

test('the same blob at another path is a move', () => {
  expect(moved('-a/pay.py 1', '+src/a/charge.py 1')).toEqual([['a/pay.py', 'src/a/charge.py']]);
});

test('a file changed while its directory moved goes the way of its neighbours', () => {
  const moves = moved(
    '-a/x/init.py 1',
    '-a/y/init.py 2',
    '-a/pay.py 3',
    '+s/a/x/init.py 8',
    '+s/a/y/init.py 9',
    '+s/a/pay.py 3',
  );

  expect(moves).toEqual([
    ['a/pay.py', 's/a/pay.py'],
    ['a/x/init.py', 's/a/x/init.py'],
    ['a/y/init.py', 's/a/y/init.py'],
  ]);
});

test('what could be either of two files is neither', () => {
  expect(moved('-a/index.ts 1', '-b/index.ts 2', '+c/index.ts 3')).toEqual([]);
  expect(moved('-a.ts 1', '+b.ts 2')).toEqual([]);
});

test('a moved file keeps its creator and its changes', () => {
  const totals = createHistoryTotals(new Set(['src/pay.ts']), (identity) => identity);
  const commit = (authorName: string, files: CommitFileRecord[], moves?: CommitRecord['moves']): CommitRecord => ({
    authorName,
    authorEmail: `${authorName}@example.org`,
    committerName: '',
    committerEmail: '',
    authoredAt: 0,
    committedAt: 0,
    message: '',
    files,
    ...(moves && { moves }),
  });
  const change = (status: 'A' | 'M' | 'D', path: string): CommitFileRecord => [status, path, null, null, null];

  const add = (index: number, record: CommitRecord) => {
    const summary = createRunSummary();
    summary.add(0, record);
    totals.add(summary.finish(), () => index);
  };

  add(2, commit('eve', [change('D', 'pay.ts'), change('A', 'src/pay.ts')], [['pay.ts', 'src/pay.ts']]));
  add(0, commit('ada', [change('A', 'pay.ts')]));
  add(1, commit('bob', [change('M', 'pay.ts')]));

  expect(totals.fileHistory((index) => `commit ${index}`)).toMatchObject([
    {
      path: 'src/pay.ts',
      createdIndex: 0,
      createdBy: 'ada@example.org',
      changedIn: 'commit 2',
      revisions: 3,
      authors: [
        { author: 'ada@example.org', changes: 1 },
        { author: 'bob@example.org', changes: 1 },
        { author: 'eve@example.org', changes: 1 },
      ],
    },
  ]);
});

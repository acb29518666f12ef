import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommitFileRecord, CommitRecord } from './commit-record';
import { createHistoryTotals } from './history-totals';
import { createRunSummary } from './run-summary';

const path = fc.constantFrom('a.ts', 'b.ts', 'old/a.ts', 'c.md');
const person = fc.constantFrom('Ada Lovelace', 'bob', 'Eve Smith');

const commit: fc.Arbitrary<CommitRecord> = fc
  .record({
    author: person,
    at: fc.integer({ min: 0, max: 1_000 }),
    statuses: fc.dictionary(path, fc.constantFrom('A', 'M', 'D') as fc.Arbitrary<'A' | 'M' | 'D'>),
    move: fc.option(fc.tuple(path, path), { nil: null }),
    large: fc.array(fc.tuple(path, fc.nat()), { maxLength: 2 }),
    textBytes: fc.nat({ max: 3 }),
  })
  .map(({ author, at, statuses, move, large, textBytes }) => ({
    authorName: author,
    authorEmail: `${author.split(' ')[0]}@example.org`,
    committerName: '',
    committerEmail: '',
    authoredAt: at,
    committedAt: at,
    message: '',
    files: Object.entries(statuses).map(([name, status]): CommitFileRecord => [status, name, null, null, null]),
    ...(move && { moves: [move] }),
    ...(large.length > 0 && { largeBlobs: large }),
    ...(textBytes > 0 && { textBytes }),
  }));

function totalsOf(commits: readonly CommitRecord[], cuts: readonly number[]) {
  const totals = createHistoryTotals(new Set(['a.ts', 'b.ts', 'c.md']), (identity) => identity);
  const bounds = [0, ...cuts.filter((cut) => cut < commits.length).sort((a, b) => a - b), commits.length];
  bounds.slice(1).forEach((end, at) => {
    const start = bounds[at] ?? 0;
    const summary = createRunSummary();
    commits.slice(start, end).forEach((record, place) => {
      summary.add(place, record);
    });
    totals.add(JSON.parse(JSON.stringify(summary.finish())), (place) => commits.length - 1 - start - place);
  });
  return {
    files: totals.fileHistory((index) => `commit ${index}`),
    people: totals.contributors(),
    active: totals.activeSince(500),
  };
}

test('a history says the same however it is cut into runs', () => {
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 20 }), fc.array(fc.nat({ max: 20 })), (commits, cuts) => {
      expect(totalsOf(commits, cuts)).toEqual(totalsOf(commits, []));
    }),
  );
});

test('a run keeps what its commits say of large blobs and of texts', () => {
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 20 }), (commits) => {
      const summary = createRunSummary();
      for (const [place, record] of commits.entries()) summary.add(place, record);

      expect(summary.finish()).toMatchObject({
        largeBlobs: commits.flatMap(({ largeBlobs }) => largeBlobs ?? []),
        textBytes: commits.flatMap(({ textBytes }, place) => (textBytes === undefined ? [] : [[place, textBytes]])),
      });
    }),
  );
});

test('the oldest commit of a path made it, the newest changed it last', () => {
  const record = (authorName: string, committedAt: number): CommitRecord => ({
    authorName,
    authorEmail: '',
    committerName: '',
    committerEmail: '',
    authoredAt: 0,
    committedAt,
    message: '',
    files: [['M', 'a.ts', null, null, null]],
  });

  expect(totalsOf([record('eve', 3), record('bob', 2), record('ada', 1)], [1]).files).toEqual([
    {
      path: 'a.ts',
      createdIndex: 0,
      createdAt: 1,
      createdBy: 'ada',
      changedAt: 3,
      changedIn: 'commit 2',
      revisions: 3,
      authors: ['ada', 'bob', 'eve'].map((author) => ({ author, changes: 1 })),
    },
  ]);
});

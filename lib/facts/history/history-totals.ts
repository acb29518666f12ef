import type { FileHistoryFact } from '@/lib/magics/facts/history';
import { compareText } from '@/lib/magics/hash';
import { type Aliases, createAliases } from './aliases';
import type { CommitRecord } from './commit-record';
import type { Identity } from './mailmap';
import type { RunFile, RunSummary } from './run-summary';

interface FileTotals {
  createdIndex: number;
  createdAt: number;
  createdBy: string;
  changedIndex: number;
  changedAt: number;
  revisions: number;
  changes: Map<string, number>;
}

export interface HistoryTotals {
  /**
   * The order of calls does not matter.
   * @param indexOf index of the commit at a place of the summary, 0 = oldest of the repository.
   */
  add(summary: RunSummary, indexOf: (place: number) => number): void;
  /** @param idOf commit of an index. */
  fileHistory(idOf: (index: number) => string): FileHistoryFact[];
  contributors(): number;
  /** People with a commit since then and the time of their newest one, sorted by author. */
  activeSince(start: number): { author: string; at: number }[];
}

/** Paths outside HEAD that are followed; a history with more is read without its moves. */
const MAX_FORMER_PATHS = 300_000;
const MAX_STEPS = 50;

interface Move {
  from: string;
  index: number;
}

/** Sums a history up file by file without holding its commits. Only files of `paths` are given, with what they were called before. */
export function createHistoryTotals(
  paths: ReadonlySet<string>,
  identify: (identity: Identity) => Identity,
): HistoryTotals {
  const files = new Map<string, FileTotals>();
  let former: Map<string, FileTotals> | null = new Map<string, FileTotals>();
  const moves = new Map<string, Move>();
  const people = createAliases();
  const newest = new Map<string, number>();
  return {
    add(summary, indexOf) {
      const authors = summary.people.map(([name, email]) => normalise(identify({ name, email })));
      summary.people.forEach(([, , commits, newestAt], place) => {
        const { name = '', email: author = '' } = authors[place] ?? {};
        people.add(name, author, commits);
        newest.set(author, Math.max(newestAt, newest.get(author) ?? 0));
      });
      const emailOf = (person: number) => authors[person]?.email ?? '';
      for (const file of summary.files) {
        const path = summary.paths[file.path] ?? '';
        const owners = paths.has(path) ? files : former;
        if (owners) count(owners, path, file, indexOf, emailOf);
      }
      if (former === null) return;
      for (const [from, to, place] of summary.moves) {
        const index = indexOf(place);
        const known = moves.get(to);
        if (!known || known.index < index) moves.set(to, { from, index });
      }
      if (former.size > MAX_FORMER_PATHS || moves.size > MAX_FORMER_PATHS) {
        former = null;
        moves.clear();
      }
    },
    fileHistory: (idOf) =>
      [...files]
        .sort(([a], [b]) => compareText(a, b))
        .map(([path, own]) => {
          const { changes, changedIndex, ...file } = withFormer(path, own, former, moves);
          return {
            path,
            ...file,
            changedIn: idOf(changedIndex),
            createdBy: people.mainOf(file.createdBy),
            authors: authorsOf(changes, people),
          };
        }),
    contributors: () => people.size(),
    activeSince(start) {
      const active = new Map<string, number>();
      for (const [email, at] of newest) {
        const author = people.mainOf(email);
        if (at >= start) active.set(author, Math.max(at, active.get(author) ?? 0));
      }
      return [...active].sort(([a], [b]) => compareText(a, b)).map(([author, at]) => ({ author, at }));
    },
  };
}

function authorsOf(changes: FileTotals['changes'], people: Aliases): FileHistoryFact['authors'] {
  const sums = new Map<string, number>();
  for (const [email, times] of changes) {
    const author = people.mainOf(email);
    sums.set(author, (sums.get(author) ?? 0) + times);
  }
  return [...sums].sort(([a], [b]) => compareText(a, b)).map(([author, times]) => ({ author, changes: times }));
}

function count(
  files: Map<string, FileTotals>,
  path: string,
  run: RunFile,
  indexOf: (place: number) => number,
  emailOf: (person: number) => string,
): void {
  const [createdPlace, createdAt, creator] = run.created;
  const [changedPlace, changedAt] = run.changed;
  const createdIndex = indexOf(createdPlace);
  const changedIndex = indexOf(changedPlace);
  let file = files.get(path);
  if (!file) {
    const createdBy = emailOf(creator);
    file = { createdIndex, createdAt, createdBy, changedIndex, changedAt, revisions: 0, changes: new Map() };
    files.set(path, file);
  }
  if (createdIndex < file.createdIndex) Object.assign(file, { createdIndex, createdAt, createdBy: emailOf(creator) });
  if (changedIndex > file.changedIndex) Object.assign(file, { changedIndex, changedAt });
  for (const [person, commits] of run.changes) {
    const author = emailOf(person);
    file.revisions += commits;
    file.changes.set(author, (file.changes.get(author) ?? 0) + commits);
  }
}

/** Adds what happened to a file under the names it had before. */
function withFormer(
  path: string,
  own: FileTotals,
  former: ReadonlyMap<string, FileTotals> | null,
  moves: ReadonlyMap<string, Move>,
): FileTotals {
  let move = moves.get(path);
  if (!move) return own;
  const whole = { ...own, changes: new Map(own.changes) };
  const seen = new Set([path]);
  for (let step = 0; move && !seen.has(move.from) && step < MAX_STEPS; step += 1) {
    const before = former?.get(move.from);
    // A path that exists again at HEAD has a history of its own.
    if (!before) break;
    seen.add(move.from);
    if (before.createdIndex < whole.createdIndex) {
      const { createdIndex, createdAt, createdBy } = before;
      Object.assign(whole, { createdIndex, createdAt, createdBy });
    }
    whole.revisions += before.revisions;
    for (const [author, times] of before.changes) {
      whole.changes.set(author, (whole.changes.get(author) ?? 0) + times);
    }
    move = moves.get(move.from);
  }
  return whole;
}

/** Lower-case e-mail, else the name; a commit may lack both. */
export function authorOf(record: CommitRecord, identify: (identity: Identity) => Identity): Identity {
  return normalise(identify({ name: record.authorName, email: record.authorEmail }));
}

export function committerOf(record: CommitRecord, identify: (identity: Identity) => Identity): Identity {
  return normalise(identify({ name: record.committerName, email: record.committerEmail }));
}

function normalise({ name, email }: Identity): Identity {
  return { name, email: (email || name).toLowerCase() };
}

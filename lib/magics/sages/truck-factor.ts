import type { FileHistoryFact } from '../facts/history';

/** Degree of authorship, Fritz et al.: who created a file, how often they and others changed it. */
export function degreeOfAuthorship(isCreator: boolean, ownChanges: number, otherChanges: number): number {
  return 3.293 + 1.098 * (isCreator ? 1 : 0) + 0.164 * ownChanges - 0.321 * Math.log(1 + otherChanges);
}

const MIN_SHARE = 0.75;
const MIN_DEGREE = 3.293;

/** Authors who know a file: a high degree for themselves and against the file's best. */
export function knowers(file: FileHistoryFact, isPerson: (author: string) => boolean): string[] {
  const people = file.authors.filter(({ author }) => isPerson(author));
  const total = people.reduce((sum, { changes }) => sum + changes, 0);
  const degrees = people.map(({ author, changes }) => {
    const isCreator = author === file.createdBy;
    const own = isCreator ? changes - 1 : changes;
    return { author, degree: degreeOfAuthorship(isCreator, own, total - changes) };
  });
  const best = Math.max(...degrees.map(({ degree }) => degree));
  return degrees.filter(({ degree }) => degree >= MIN_DEGREE && degree / best > MIN_SHARE).map(({ author }) => author);
}

export interface TruckFactor {
  /** People whose leaving orphans more than half of the files. */
  factor: number;
  /** Who they are, in the order they are removed. */
  people: string[];
  /** Paths nobody else knows after the first of them left. */
  orphanedByFirst: string[];
  files: number;
}

/** Avelino et al.: removes the author of most files until more than half of them have none left. */
export function truckFactor(
  files: readonly FileHistoryFact[],
  isPerson: (author: string) => boolean = () => true,
): TruckFactor {
  const left = files
    .map((file) => ({ path: file.path, authors: new Set(knowers(file, isPerson)) }))
    .filter(({ authors }) => authors.size > 0);
  const filesOf = new Map<string, number>();
  for (const { authors } of left) for (const author of authors) filesOf.set(author, (filesOf.get(author) ?? 0) + 1);

  const people: string[] = [];
  let orphanedByFirst: string[] = [];
  const orphans = () => left.filter(({ authors }) => authors.size === 0);
  while (filesOf.size > 0 && orphans().length * 2 <= left.length) {
    const top = [...filesOf].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (!top) break;
    filesOf.delete(top[0]);
    for (const { authors } of left) authors.delete(top[0]);
    people.push(top[0]);
    if (people.length === 1) orphanedByFirst = orphans().map(({ path }) => path);
  }
  return { factor: people.length, people, orphanedByFirst, files: left.length };
}

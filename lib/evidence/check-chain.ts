import type { CheckedEvidence } from './check-evidence';

/** Evidence and where it was read. */
export interface ChainEntry extends CheckedEvidence {
  file: string;
  /** 1 in a file of one. */
  line: number;
}

/** What is wrong among the evidence of one project; numbers are those of the chain. */
export type ChainProblem =
  | { kind: 'missing'; from: number; to: number }
  | { kind: 'reordered'; sequence: number; after: number; file: string; line: number }
  | { kind: 'twice'; sequence: number; file: string; line: number }
  | { kind: 'broken'; sequence: number; file: string; line: number };

export interface ChainCheck {
  projectId: string;
  projectName: string;
  entries: number;
  first: number;
  last: number;
  /** Hash of the last entry, to compare with what the server says. */
  head: string;
  problems: ChainProblem[];
}

/** Checks that the evidence of each project follows one from the other. The order of files does not matter, that of lines does. */
export function checkChains(entries: readonly ChainEntry[]): ChainCheck[] {
  const chains = new Map<string, ChainEntry[]>();
  for (const entry of entries) {
    const { project, producer } = entry.statement.predicate;
    const id = `${producer.instanceId} ${project.id}`;
    const chain = chains.get(id);
    if (chain) chain.push(entry);
    else chains.set(id, [entry]);
  }
  return [...chains.values()].map(checkChain);
}

function checkChain(given: readonly ChainEntry[]): ChainCheck {
  const problems: ChainProblem[] = findReordered(given);
  const sorted = [...given].sort((a, b) => sequenceOf(a) - sequenceOf(b));
  let previous: ChainEntry | undefined;
  for (const entry of sorted) {
    problems.push(...problemsBetween(previous, entry, given));
    previous = entry;
  }
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) throw new Error('a chain without entries');
  const { project } = last.statement.predicate;
  return {
    projectId: project.id,
    projectName: project.name,
    entries: sorted.length,
    first: sequenceOf(first),
    last: sequenceOf(last),
    head: last.hash,
    problems,
  };
}

function problemsBetween(
  previous: ChainEntry | undefined,
  entry: ChainEntry,
  given: readonly ChainEntry[],
): ChainProblem[] {
  const { sequence, previous: named } = entry.statement.predicate.chain;
  const { file, line } = entry;
  if (!previous) {
    if (sequence === 1) return named === null ? [] : [{ kind: 'broken', sequence, file, line }];
    // Files with one entry each may be any part of a chain; an export begins at its beginning.
    const isExport = given.some((other) => other.file === file && other !== entry);
    return isExport ? [{ kind: 'missing', from: 1, to: sequence - 1 }] : [];
  }
  const before = sequenceOf(previous);
  if (sequence === before) return [{ kind: 'twice', sequence, file, line }];
  if (sequence > before + 1) return [{ kind: 'missing', from: before + 1, to: sequence - 1 }];
  return named === previous.hash ? [] : [{ kind: 'broken', sequence, file, line }];
}

function findReordered(entries: readonly ChainEntry[]): ChainProblem[] {
  const highest = new Map<string, number>();
  return entries.flatMap((entry): ChainProblem[] => {
    const { file, line } = entry;
    const sequence = sequenceOf(entry);
    const after = highest.get(file) ?? 0;
    highest.set(file, Math.max(after, sequence));
    return sequence < after ? [{ kind: 'reordered', sequence, after, file, line }] : [];
  });
}

function sequenceOf({ statement }: ChainEntry): number {
  return statement.predicate.chain.sequence;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDirectoryCache } from '@/lib/facts/cache/directory-cache';
import { INLINE_READER } from '@/lib/facts/packed-blob';
import { planCommit, type ReadContext, readFacts } from '@/lib/facts/read-repository';
import { openLocal } from '@/lib/git/open-local';
import { findRenames } from '@/lib/git/renames';
import { logger } from '@/lib/logger';
import { evaluate } from '@/lib/magics/evaluate';
import { defaultPolicy } from '@/lib/magics/policy';
import { magicOf, RULE_PACK_VERSION } from '@/lib/magics/registry';
import { NO_TEAM, viewRepository } from '@/lib/magics/repository-view';
import type { Finding, MagicId } from '@/lib/magics/types';
import { type CommitPair, followLines, listPairs } from './fingerprints/commit-pairs';
import { addFates, countFates, type Fates, FILES, noFates } from './fingerprints/fates';

/**
 * `npm run bench:fingerprints -- [--pairs 60] [--within 1500] [--json <file>] <clone> …`: judges commits and their first parents, of
 * each clone those that move most source files and then the newest, and counts findings of the parent whose line is still
 * there by what became of their fingerprint, told apart by whether the file moved, changed or stayed.
 */
const MAGICS: MagicId[] = ['integrity', 'tdd', 'strict', 'servant'];

const { positionals: clones, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '60' },
    within: { type: 'string', default: '1500' },
    json: { type: 'string' },
  },
});
if (clones.length === 0) throw new Error('name the clones to audit');

interface Row {
  clone: string;
  pairs: number;
  movedFiles: number;
  fates: Fates;
}

const rows: Row[] = [];
for (const clone of clones) rows.push(await measure(clone));
const all = rows.reduce(
  (sum, { pairs, movedFiles, fates }) => ({
    clone: 'all',
    pairs: sum.pairs + pairs,
    movedFiles: sum.movedFiles + movedFiles,
    fates: addFates(sum.fates, fates),
  }),
  { clone: 'all', pairs: 0, movedFiles: 0, fates: noFates() },
);
for (const line of table([...rows, all])) console.log(line);
if (options.json !== undefined) {
  const measured = { rulePackVersion: RULE_PACK_VERSION, magics: MAGICS, rows, all };
  await writeFile(options.json, `${JSON.stringify(measured, null, 2)}\n`);
}

async function measure(clone: string): Promise<Row> {
  const directory = await mkdtemp(join(tmpdir(), 'elder-fingerprints-'));
  try {
    const repository = await openLocal(resolve(clone));
    const context = { repository, cache: await openDirectoryCache(directory), pool: INLINE_READER };
    const pairs = (await listPairs(repository, Number(options.within))).slice(0, Number(options.pairs));
    let fates = noFates();
    for (const [at, pair] of pairs.entries()) {
      process.stderr.write(`\r${clone}: ${at + 1} of ${pairs.length} `);
      fates = addFates(fates, await measurePair(context, pair));
    }
    process.stderr.write('\n');
    return { clone, pairs: pairs.length, movedFiles: pairs.reduce((sum, { moved }) => sum + moved, 0), fates };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measurePair(context: ReadContext, pair: CommitPair): Promise<Fates> {
  const { repository } = context;
  const ends = { from: pair.older, to: pair.newer };
  const renames = await findRenames(repository, ends, { signal: new AbortController().signal, log: logger() });
  const older = await judge(context, pair.older, []);
  const newer = await judge(context, pair.newer, renames);
  const paths = new Set(older.flatMap(({ path }) => path ?? []));
  return countFates(older, newer, await followLines(repository, pair, paths));
}

async function judge(context: ReadContext, commit: string, renames: [from: string, to: string][]): Promise<Finding[]> {
  const { facts } = await readFacts(context, await planCommit(context, commit, { onBranch: null }));
  const formerPaths = new Map(renames.map(([from, to]) => [to, from]));
  const view = viewRepository(facts, defaultPolicy, { ...NO_TEAM, formerPaths });
  return MAGICS.flatMap((id) => {
    const { findings, suppressed } = evaluate(magicOf(id), facts, defaultPolicy, view);
    return [...findings, ...suppressed];
  });
}

function table(shown: readonly Row[]): string[] {
  const width = Math.max(...shown.map(({ clone }) => clone.length)) + 2;
  const heads = ['pairs', 'moved', 'files', 'known', 'kept', 'followed', 'lost', 'share', 'silent'];
  const line = (name: string, cells: readonly (string | number)[]) =>
    name.padEnd(width) + cells.map((cell) => String(cell).padStart(10)).join('');
  return [
    line('', heads),
    ...shown.flatMap(({ clone, pairs, movedFiles, fates }) =>
      FILES.map((files) => {
        const { kept, followed, lost, silent } = fates[files];
        const known = kept + followed;
        const share = known + lost === 0 ? '–' : `${((100 * known) / (known + lost)).toFixed(1)} %`;
        return line(clone, [pairs, movedFiles, files, known, kept, followed, lost, share, silent]);
      }),
    ),
  ];
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './build-programs';
import { type Run, runCommand } from './run-command';

/**
 * `npm run bench:audit -- <clone> [<clone> …]`: a cold audit, and audits after ten and after twenty more commits with
 * the facts of the first kept, against the floor F of any such tool: `git log --numstat` and one parse of every source file.
 */
const COMMITS_LATER = [10, 20];
const clones = process.argv.slice(2).map((clone) => resolve(clone));
if (clones.length === 0) throw new Error('name the clones to audit');
const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist', 'bench');
const elder = join(outdir, 'elder.js');
const [shebang = ''] = readFileSync(join(root, 'bin', 'elder.mjs'), 'utf8').split('\n');
/** As `npx elder` starts it. */
const nodeOptions = shebang.split(' ').filter((word) => word.startsWith('--'));

interface Audit extends Run {
  maxRssBytes: number;
  hash: string;
  files: number;
  lines: number;
  commits: number;
}

interface Round {
  commits: number;
  folder: string;
  before: Audit;
  later: Audit;
}

interface Summary {
  name: string;
  floor: Run;
  cold: Audit;
  /** After the last of `COMMITS_LATER`. */
  later: Audit;
  again: Audit;
}

const entries = { elder: 'bin/elder.ts', 'parse-sources': 'bench/parse-sources.ts' };
await buildPrograms(outdir, entries);
const summaries = clones.flatMap(tryMeasure);
if (summaries.length > 1) printSummary(summaries);

/** A clone that Git itself cannot read is told and left out. */
function tryMeasure(clone: string): Summary[] {
  try {
    return [measure(clone)];
  } catch (error) {
    console.log(`${clone}: not measured: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
    return [];
  }
}

function measure(clone: string): Summary {
  const git = (command: string) => runCommand(['bash', '-c', `git -C "$1" ${command} >/dev/null`, 'floor', clone]);
  const log = git('log --numstat');
  const parse = runCommand(['node', join(outdir, 'parse-sources.js'), clone]);
  const { files } = JSON.parse(parse.output) as { files: number };
  const floor = plus(log, parse);
  const least = plus(git('log --numstat --no-renames'), git('archive --format=tar HEAD'));

  const work = mkdtempSync(join(tmpdir(), 'elder-bench-'));
  const cold = audit(clone);
  const rounds = COMMITS_LATER.map((commits): Round => {
    const folder = join(work, String(commits));
    const before = audit(clone, '--cache', folder, '--ref', `HEAD~${commits}`);
    return { commits, folder, before, later: audit(clone, '--cache', folder) };
  });
  const { folder, later } = rounds[rounds.length - 1] as Round;
  const again = audit(clone, '--cache', folder);
  rmSync(work, { recursive: true, force: true });

  const load = loadavg()[0]?.toFixed(1);
  console.log(`${clone}: ${cold.files} files, ${cold.lines} lines, ${cold.commits} commits, load ${load}\n`);
  console.log(line('', 'wall', 'CPU', 'of F', 'peak RSS'));
  const row = (name: string, { wall, cpu }: Run, memory = '') =>
    console.log(line(name, seconds(wall), seconds(cpu), `${(cpu / floor.cpu).toFixed(2)} F`, memory));
  const auditRow = (name: string, ran: Audit) => row(name, ran, `${Math.round(ran.maxRssBytes / 1024 ** 2)} MB`);
  row('git log --numstat', log);
  row(`one parse of ${files} source files`, parse);
  row('floor F: both', floor);
  row('log --no-renames + read every file', least);
  auditRow('cold audit', cold);
  for (const round of rounds) {
    auditRow(`cold audit of HEAD~${round.commits}, facts kept`, round.before);
    auditRow(`audit ${round.commits} commits later`, round.later);
  }
  auditRow('the same commit again', again);

  const hashes = new Set([cold.hash, ...rounds.map((round) => round.later.hash), again.hash]);
  console.log(`\nresult ${hashes.size === 1 ? `identical: ${cold.hash}` : `DIFFERS: ${[...hashes].join(' ')}`}\n`);
  if (hashes.size > 1) process.exitCode = 1;
  // Bare clones are often called alike.
  return { name: clone.split(sep).slice(-2).join('/'), floor, cold, later, again };
}

function audit(clone: string, ...options: string[]): Audit {
  const ran = runCommand(['node', ...nodeOptions, elder, 'audit', clone, '--format', 'json', ...options]);
  const { resultHash, stats } = JSON.parse(ran.output) as {
    resultHash: string;
    stats: Pick<Audit, 'files' | 'lines' | 'commits' | 'maxRssBytes'>;
  };
  return { ...ran, ...stats, hash: resultHash };
}

function printSummary(rows: readonly Summary[]): void {
  const share = (part: Run, whole: Run) => `${((100 * part.cpu) / whole.cpu).toFixed(0)} %`;
  console.log(line('CPU', 'F', 'cold', 'cold / F', 'later', 'again'));
  for (const { name, floor, cold, later, again } of rows) {
    const ratio = (cold.cpu / floor.cpu).toFixed(2);
    console.log(line(name, seconds(floor.cpu), seconds(cold.cpu), ratio, share(later, cold), share(again, cold)));
  }
  const mean = Math.exp(rows.reduce((sum, { cold, floor }) => sum + Math.log(cold.cpu / floor.cpu), 0) / rows.length);
  console.log(line('geometric mean', '', '', mean.toFixed(2)));
}

function plus(one: Run, other: Run): Run {
  return { ...one, wall: one.wall + other.wall, cpu: one.cpu + other.cpu };
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(36) + cells.map((cell) => cell.padStart(10)).join('');
}

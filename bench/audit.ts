import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './build-programs';

/**
 * `npm run bench:audit -- <clone>`: a cold audit, and one after ten more commits with the facts of the first kept,
 * against the floor of any such tool: `git log --numstat` of all history and reading every file once.
 */
const COMMITS_LATER = 10;
const clone = resolve(process.argv[2] ?? '.');
const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'elder-bench-'));
const elder = join(root, 'dist', 'bench', 'elder.js');

interface Run {
  wall: number;
  cpu: number;
  output: string;
}

/** Wall and CPU seconds of a command and all its children. */
function run(...command: string[]): Run {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@"';
  const done = spawnSync('bash', ['-c', script, 'bench', ...command], { encoding: 'utf8', maxBuffer: 512 * 1024 ** 2 });
  const [wall = 0, user = 0, system = 0] = done.stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  if (done.status !== 0 && done.status !== 1) throw new Error(`${command[0]} failed: ${done.stderr}`);
  return { wall, cpu: user + system, output: done.stdout };
}

function audit(
  ...options: string[]
): Run & { rss: number; hash: string; files: number; lines: number; commits: number } {
  const ran = run('node', elder, 'audit', clone, '--format', 'json', ...options);
  const { resultHash, stats } = JSON.parse(ran.output);
  return { ...ran, ...stats, rss: stats.maxRssBytes / 1024 ** 2, hash: resultHash };
}

function row(name: string, { wall, cpu }: Run, rss?: number): void {
  const floorShare = `${(cpu / floor.cpu).toFixed(2)} F`;
  const memory = rss === undefined ? '' : `${Math.round(rss)} MB`;
  console.log(
    `${name.padEnd(34)}${`${wall.toFixed(2)} s`.padStart(10)}${`${cpu.toFixed(2)} s`.padStart(10)}${floorShare.padStart(10)}${memory.padStart(10)}`,
  );
}

await buildPrograms(join(root, 'dist', 'bench'), { elder: 'bin/elder.ts' }, { splitting: true });

const everyFile = 'git -C "$1" archive --format=tar HEAD >/dev/null';
const log = run('bash', '-c', 'git -C "$1" log --numstat --no-renames >/dev/null', 'floor', clone);
const read = run('bash', '-c', everyFile, 'floor', clone);
const floor: Run = { wall: log.wall + read.wall, cpu: log.cpu + read.cpu, output: '' };

const cold = audit();
console.log(`${clone}: ${cold.files} files, ${cold.lines} lines, ${cold.commits} commits\n`);
console.log(
  `${''.padEnd(34)}${'wall'.padStart(10)}${'CPU'.padStart(10)}${'of floor'.padStart(10)}${'peak RSS'.padStart(10)}`,
);
row('floor F: log --numstat + read all', floor);
row('cold audit', cold, cold.rss);

const cache = join(work, 'cache');
const before = audit('--cache', cache, '--ref', `HEAD~${COMMITS_LATER}`);
row(`cold audit of HEAD~${COMMITS_LATER}, facts kept`, before, before.rss);
const warm = audit('--cache', cache);
row(`audit ${COMMITS_LATER} commits later`, warm, warm.rss);
const again = audit('--cache', cache);
row('the same commit again', again, again.rss);

const hashes = new Set([cold.hash, warm.hash, again.hash]);
console.log(`\nresult ${hashes.size === 1 ? `identical: ${cold.hash}` : `DIFFERS: ${[...hashes].join(' ')}`}`);
rmSync(work, { recursive: true, force: true });
process.exitCode = hashes.size === 1 ? 0 : 1;

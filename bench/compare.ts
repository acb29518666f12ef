import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './build-programs';
import { installTools, toolsOf } from './compare/tools';
import { type Run, runCommand, tryCommand } from './run-command';

/**
 * `npm run bench:compare -- <clone> [<clone> …]`: CPU of a cold `elder audit` beside that of tools people run today, on
 * a work tree of the same commit. `COMPARE_TOOLS_DIR` names a directory to take them from; else they are installed into a
 * temporary one.
 */
const TIMEOUT_SECONDS = 1_800;
const clones = process.argv.slice(2).map((clone) => resolve(clone));
if (clones.length === 0) throw new Error('name the clones to audit');
const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist', 'bench');
const work = mkdtempSync(join(tmpdir(), 'elder-compare-'));

try {
  await buildPrograms(outdir, { elder: 'bin/elder.ts' });
  const given = process.env.COMPARE_TOOLS_DIR;
  const tools = given ? resolve(given) : join(work, 'tools');
  if (!given) {
    mkdirSync(tools);
    installTools(tools);
  }
  process.env.COMPARE_TOOLS_DIR = tools;
  for (const clone of clones) compare(clone, tools);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function compare(clone: string, directory: string): void {
  const scratch = mkdtempSync(join(work, 'clone-'));
  const tree = join(scratch, 'tree');
  runCommand(['git', 'clone', '--quiet', '--shared', clone, tree]);
  const audit = ['node', join(outdir, 'elder.js'), 'audit', clone, '--format', 'json'];
  const ours = runCommand(audit, { timeoutSeconds: TIMEOUT_SECONDS });
  const { files, lines, commits } = (
    JSON.parse(ours.output) as { stats: { files: number; lines: number; commits: number } }
  ).stats;
  const theirs = toolsOf(directory, tree, scratch).map((tool) => ({
    ...tool,
    ran: tryCommand(tool.command, { cwd: tree, timeoutSeconds: TIMEOUT_SECONDS }),
  }));

  const load = loadavg()[0]?.toFixed(1);
  console.log(`${clone}: ${files} files, ${lines} lines, ${commits} commits, load ${load}\n`);
  console.log(`${''.padEnd(36)}${'wall'.padStart(10)}${'CPU'.padStart(10)}`);
  for (const tool of theirs) {
    row(tool.files === null ? tool.name : `${tool.name}, ${tool.files} files`, tool.ran);
  }
  const finished = theirs.filter(({ ran }) => ran.problem === null);
  const cpu = finished.reduce((sum, { ran }) => sum + ran.cpu, 0);
  const wall = finished.reduce((sum, { ran }) => sum + ran.wall, 0);
  row(`together, ${finished.length} of ${theirs.length} that finished`, { wall, cpu, problem: null });
  row('elder audit, with all history', ours);
  console.log(`\nelder audit takes ${(ours.cpu / cpu).toFixed(2)} of their CPU\n`);
  rmSync(scratch, { recursive: true, force: true });
}

function row(name: string, { wall, cpu, problem }: Omit<Run, 'output'>): void {
  const figures = [wall, cpu].map((value) => `${value.toFixed(2)} s`.padStart(10)).join('');
  console.log(`${name.padEnd(36)}${figures}${problem ? `  ${problem}` : ''}`);
}

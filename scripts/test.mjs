// npm test: everything, on a fresh clone too. `node scripts/test.mjs unit int` runs only those stages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './setup/build.mjs';
import { sentenceOf } from './setup/failure.mjs';
import { forwardSignals } from './setup/forward-signals.mjs';
import { ensureInstalled, hasDevelopmentTools, isInstalled } from './setup/install.mjs';
import { checkGit, checkNode } from './setup/prerequisites.mjs';
import { complain, say } from './setup/steps.mjs';
import { addCounts, countPlaywright, countVitest } from './setup/test-report.mjs';

const REPORTS = 'dist/test-reports';
const ENVIRONMENT = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

/** Each stage returns how many tests passed and failed. A tool that checks all code at once counts as one. */
const STAGES = {
  unit: () => runVitest('unit'),
  slow: () => runVitest('slow'),
  int: () => runVitest('int'),
  build: runBuild,
  e2e: runPlaywright,
};

/** Scripts of `package.json`. */
const TOOLS = ['types', 'lint', 'boundaries', 'dead'];
const all = [...TOOLS, ...Object.keys(STAGES)];

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : all;
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  complain(`There is no stage ${unknown.join(', ')}; the stages are ${all.join(', ')}.`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
try {
  checkNode();
  checkGit();
  await ensureInstalled(() => isInstalled() && hasDevelopmentTools());
  await ensure('client');
} catch (error) {
  complain(sentenceOf(error));
  say('0 passed, 1 failed');
  process.exit(1);
}

mkdirSync(REPORTS, { recursive: true });
// Each of these tools has one process and holds one core for most of its time: they run side by side.
const tools = new Map(names.filter((name) => TOOLS.includes(name)).map((name) => [name, runTool(name)]));
for (const name of names) {
  say(`\n── ${name}`);
  const counts = await (tools.get(name) ?? STAGES[name])();
  say(`── ${name}: ${counts.passed} passed, ${counts.failed} failed`);
  addCounts(total, counts);
}
say(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Starts a tool; what it says is shown when its turn has come. */
function runTool(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'], env: ENVIRONMENT });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const ended = forwardSignals((signal) => child.kill(signal));
  const closed = once(child, 'close').then(([code]) => {
    ended();
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
  return async () => {
    const counts = await closed;
    process.stdout.write(Buffer.concat(said));
    return counts;
  };
}

async function runVitest(project) {
  const report = freshReport(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const isGood = await run('npx', ['--no-install', 'vitest', 'run', '--project', project, ...reporters]);
  return countVitest(readReport(report), isGood);
}

async function runBuild() {
  try {
    for (const product of ['bundles', 'pages']) await ensure(product);
    return { passed: 1, failed: 0 };
  } catch (error) {
    complain(sentenceOf(error));
    return { passed: 0, failed: 1 };
  }
}

async function runPlaywright() {
  const report = freshReport('e2e');
  const isGood = await run('npx', ['--no-install', 'playwright', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: path.resolve(report),
  });
  return countPlaywright(readReport(report), isGood);
}

async function run(program, args, env = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...ENVIRONMENT, ...env } });
  const ended = forwardSignals((signal) => child.kill(signal));
  const [code] = await once(child, 'close');
  ended();
  return code === 0;
}

function freshReport(name) {
  const file = path.join(REPORTS, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

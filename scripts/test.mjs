// npm test: everything, on a fresh clone too. `node scripts/test.mjs unit int` runs only those stages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './setup/build.mjs';
import { sentenceOf } from './setup/failure.mjs';
import { forwardSignals } from './setup/forward-signals.mjs';
import { hasDevelopmentTools, install, isInstalled } from './setup/install.mjs';
import { checkGit, checkNode } from './setup/prerequisites.mjs';
import { complain, say, step } from './setup/steps.mjs';
import { addCounts, countPlaywright, countVitest } from './setup/test-report.mjs';

const REPORTS = 'dist/test-reports';
const ENVIRONMENT = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

/** Each stage returns how many tests passed and failed. A tool that checks all code at once counts as one. */
const STAGES = {
  types: () => runTool('types'),
  lint: () => runTool('lint'),
  boundaries: () => runTool('boundaries'),
  dead: () => runTool('dead'),
  unit: () => runVitest('unit'),
  int: () => runVitest('int'),
  build: runBuild,
  e2e: runPlaywright,
};

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(STAGES);
const unknown = names.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  complain(`There is no stage ${unknown.join(', ')}; the stages are ${Object.keys(STAGES).join(', ')}.`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
try {
  checkNode();
  checkGit();
  if (!isInstalled() || !hasDevelopmentTools()) await step('Dependencies installed', install);
  await ensure('client');
} catch (error) {
  complain(sentenceOf(error));
  say('0 passed, 1 failed');
  process.exit(1);
}

mkdirSync(REPORTS, { recursive: true });
for (const name of names) {
  say(`\n── ${name}`);
  const counts = await STAGES[name]();
  say(`── ${name}: ${counts.passed} passed, ${counts.failed} failed`);
  addCounts(total, counts);
}
say(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runTool(script) {
  const isGood = await run('npm', ['run', '--silent', script]);
  return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
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

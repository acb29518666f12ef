import { readFileSync } from 'node:fs';
import { type Env, env } from '@/lib/env';
import { gitVersion } from '@/lib/git/git-version';
import { readArguments, type StartArguments } from './checks';
import { type ChildSpec, type RunningChild, startChild, stopChild } from './child';
import { authSecret, type DataDirectory, openDataDirectory } from './data-directory';
import { startDatabase } from './database';
import { runErrand } from './errand';
import { type Kept, keepRunning } from './keep-running';
import type { Prepared } from './prepare';
import { type Mode, PROGRAMS, type Program, type Programs, programEnv } from './programs';
import type { Registered } from './register';
import { onSourceChange } from './reload';
import { createShutdown, type Shutdown } from './shutdown';
import type { Terminal } from './terminal';

export { checkBeforeStart } from './checks';

export interface StartOptions {
  mode: Mode;
  /** Where the person stands, against which a path is read. */
  callerDirectory: string;
  args: readonly string[];
  terminal: Terminal;
  /** The product's own unless given. */
  programs?: Programs;
}

const DRAIN_TIMEOUT_MS = 35_000;
/** Web and worker are ready within seconds; a machine with much to do may take more. */
const START_TIMEOUT_MS = 120_000;
const RELOAD_TIMEOUT_MS = 5_000;
const RELOADED: Record<'web' | 'worker', readonly string[]> = { web: ['lib'], worker: ['lib', 'workers'] };

/** Starts the database, the web and the worker, and keeps them running until a signal ends all. */
export async function start(given: StartOptions): Promise<void> {
  const { mode, callerDirectory, args, terminal, programs = PROGRAMS[mode] } = given;
  const options = readArguments(args, callerDirectory);
  const data = openDataDirectory(env().ELDER_DATA_DIR, readRelease());
  const shutdown = createShutdown(terminal);
  shutdown.add(async () => data[Symbol.dispose]());
  await shutdown.during(run({ mode, programs, options, data, terminal, shutdown }));
}

interface Run {
  mode: Mode;
  programs: Programs;
  options: StartArguments;
  data: DataDirectory;
  terminal: Terminal;
  shutdown: Shutdown;
}

async function run({ mode, programs, options, data, terminal, shutdown }: Run): Promise<void> {
  const started = await withDatabase(data, terminal, shutdown);
  const isVerbose = options.isVerbose || started.LOG_LEVEL === 'debug' || started.LOG_LEVEL === 'trace';
  const specWith = (settings: Env, program: Program, ...extra: string[]): ChildSpec => ({
    name: program,
    args: [...programs[program], ...extra],
    env: programEnv(program, process.env, settings),
    logFile: data.logFile(program),
    isVerbose,
  });

  const { setupPath, role, warnings } = await terminal.step('Database up to date', () =>
    runErrand<Prepared>(specWith(started, 'prepare'), shutdown.signal),
  );
  shutdown.check();
  const settings = { ...started, DATABASE_ROLE: role ?? undefined };
  const specOf = (program: Program, ...extra: string[]) => specWith(settings, program, ...extra);
  await terminal.step('Web and worker started', async () => {
    const specs = (['web', 'worker'] as const).map((program) => ({
      ...specOf(program),
      startTimeoutMs: START_TIMEOUT_MS,
    }));
    const kept = specs.map((spec) => keepChild(spec, terminal));
    shutdown.add(async () => {
      await Promise.all(kept.map(({ child }) => child.stop((running) => stopChild(running, DRAIN_TIMEOUT_MS))));
    });
    await Promise.all(kept.map(({ first }) => first.ready));
    if (mode === 'development') for (const { child, name } of kept) reloadOnChange(child, name, shutdown);
  });
  shutdown.check();

  terminal.say(`\n  Ancient Elder is ready at ${settings.PUBLIC_URL}`);
  if (setupPath) terminal.say(`  Create the first account: ${settings.PUBLIC_URL}${setupPath}`);
  for (const warning of warnings) terminal.say(`  ${warning}`);
  await warnOfOldGit(terminal);
  if (options.repository) await register(options.repository, specOf, settings, { terminal, shutdown });
}

/** Once, and no refusal: repositories are read without a work tree, and distributions mend an older number. */
async function warnOfOldGit(terminal: Terminal): Promise<void> {
  const { text, hasSecurityFixes } = await gitVersion();
  if (hasSecurityFixes) return;
  terminal.say(
    `  Git ${text} may lack the security fixes of 2025 (CVE-2025-48384, CVE-2025-48385): update it when you can.`,
  );
}

async function withDatabase(data: DataDirectory, terminal: Terminal, shutdown: Shutdown): Promise<Env> {
  const settings = { ...env(), AUTH_SECRET: env().AUTH_SECRET ?? authSecret(data.path) };
  if (settings.DATABASE_URL) return settings;

  const { applicationUrl, ownerUrl, kept } = await terminal.step('PostgreSQL started', () =>
    startDatabase(data, (how, delayMs) =>
      terminal.complain(restartSentence('PostgreSQL', how, delayMs, data.logFile('postgres'))),
    ),
  );
  shutdown.add(() => kept.stop((running) => running.stop()));
  shutdown.check();
  return { ...settings, DATABASE_URL: applicationUrl, DATABASE_OWNER_URL: ownerUrl };
}

interface KeptChild {
  name: string;
  first: RunningChild;
  child: Kept<RunningChild>;
}

function keepChild(spec: ChildSpec, terminal: Terminal): KeptChild {
  const first = startChild(spec);
  const onEnd = (how: string, delayMs: number) =>
    terminal.complain(restartSentence(`The ${spec.name}`, how, delayMs, spec.logFile));
  return { name: spec.name, first, child: keepRunning(first, () => startChild(spec), onEnd) };
}

function reloadOnChange(child: Kept<RunningChild>, name: string, shutdown: Shutdown): void {
  const folders = name === 'web' ? RELOADED.web : RELOADED.worker;
  const watching = onSourceChange(folders, () => void child.renew((running) => stopChild(running, RELOAD_TIMEOUT_MS)));
  shutdown.add(async () => watching[Symbol.dispose]());
}

async function register(
  repository: string,
  specOf: (program: Program, ...extra: string[]) => ChildSpec,
  { PUBLIC_URL }: Env,
  { terminal, shutdown }: Pick<Run, 'terminal' | 'shutdown'>,
): Promise<void> {
  try {
    const { projectId } = await runErrand<Registered>(specOf('register', repository), shutdown.signal);
    terminal.say(
      projectId
        ? `  Its audit is at ${PUBLIC_URL}/projects/${projectId}`
        : `  ${repository} is registered and audited as soon as the first owner has signed up.`,
    );
  } catch (error) {
    shutdown.check();
    terminal.complain(`${repository} was not registered: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function restartSentence(what: string, how: string, delayMs: number, logFile: string): string {
  return `${what} stopped (${how}); it starts again in ${(delayMs / 1000).toFixed(1)} s. See ${logFile}`;
}

function readRelease(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return version;
}

import { writeFile } from 'node:fs/promises';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { type Language, MAGIC_IDS } from '@/lib/magics/types';
import packageJson from '@/package.json' with { type: 'json' };
import {
  type AuditArguments,
  FIXABLE_RULES,
  type FixArguments,
  type McpArguments,
  readArguments,
  type VerifyArguments,
} from './arguments';
import type { CheckedConfig } from './check-config';
import type { ClusterCommand } from './cluster/cluster-arguments';
import { codeOf, type GivenPlaces, sentenceFor } from './failure-sentence';
import { createProgress } from './progress';
import type { RemoteCommand } from './remote-arguments';
import { type AuditOptions, type LocalAudit, runAudit } from './run-audit';

const PASSED = 0;
const GATE_FAILED = 1;
const WRONG = 2;

/** Stops in order on the first interrupt; the second ends the process as usual. */
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

// What could not be written is told by the write itself, or to nobody who listens.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await main();
} catch (error) {
  // 1 would say that the gate failed.
  process.stderr.write(`elder: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = WRONG;
}

async function main(): Promise<number> {
  const command = readArguments(process.argv.slice(2), process.env);
  const t = CLI_TEXTS[command.language];
  switch (command.name) {
    case 'help':
      return (await print(t.usage, command.language)) ? PASSED : WRONG;
    case 'version':
      return (await print(`${packageJson.version}\n`, command.language)) ? PASSED : WRONG;
    case 'wrong':
      process.stderr.write(`${t.errors.usage(command.problem)}\n`);
      return WRONG;
    case 'fix':
      return fix(command.arguments, command.language);
    case 'audit':
      return audit(command.arguments, command.language);
    case 'config':
      return config(command.path, command.language);
    case 'verify':
      return verify(command.arguments, command.language);
    case 'remote':
      return remote(command.command, command.language);
    case 'cluster':
      return cluster(command.command, command.language);
    case 'mcp':
      return mcp(command.arguments, command.language);
  }
}

async function audit(options: AuditArguments, language: Language): Promise<number> {
  const fixRules = options.patch === undefined ? undefined : FIXABLE_RULES;
  const [report, { formatReport }] = await Promise.all([
    run({ ...options, fixRules, indexFile: process.env.GIT_INDEX_FILE }, options, language),
    import('./format-report'),
  ]);
  if (!report) return WRONG;
  if (report.mended && !(await print(report.mended.patch, language, options.patch))) return WRONG;
  const hasColour = options.out === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
  const text = await formatReport(report, options, hasColour);
  if (!(await print(text, language, options.out))) return WRONG;
  return report.gate.isPassed ? PASSED : GATE_FAILED;
}

async function config(path: string, language: Language): Promise<number> {
  const t = CLI_TEXTS[language];
  const { checkConfig } = await import('./check-config');
  let checked: CheckedConfig | null;
  try {
    checked = await checkConfig(path, language);
  } catch (error) {
    process.stderr.write(`elder: ${t.config.unreadable(path, codeOf(error) ?? 'error')}\n`);
    return WRONG;
  }
  if (!checked) {
    process.stderr.write(`elder: ${t.config.none(path)}\n`);
    return WRONG;
  }
  if (!(await print(checked.text, language))) return WRONG;
  return checked.isValid ? PASSED : GATE_FAILED;
}

/** Checks evidence with what is in the files alone. */
async function verify(options: VerifyArguments, language: Language): Promise<number> {
  const { UnusableFile, verifyFiles } = await import('./verify-files');
  try {
    const { text, holds } = await verifyFiles(options, language);
    if (!(await print(text, language))) return WRONG;
    return holds ? PASSED : GATE_FAILED;
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    process.stderr.write(`elder: ${error.message}\n`);
    return WRONG;
  }
}

// What only one command needs is read when that command is asked for: every other one starts sooner.

/** Answers a client of the Model Context Protocol on the standard streams until it goes. */
async function mcp(options: McpArguments, language: Language): Promise<number> {
  const { serveMcp } = await import('./mcp/serve');
  try {
    await serveMcp(options, { language, environment: process.env, signal: interrupt.signal });
    return PASSED;
  } catch (error) {
    process.stderr.write(
      `elder: ${sentenceFor(error, { path: options.roots.join(', '), ref: undefined, cache: options.cache }, language)}\n`,
    );
    return WRONG;
  }
}

/** Asks a server. */
async function remote(command: RemoteCommand, language: Language): Promise<number> {
  const [{ createRemoteContext }, { runRemote }, { sentenceOf }] = await Promise.all([
    import('./remote/remote-context'),
    import('./remote/run-remote'),
    import('./remote/remote-failure'),
  ]);
  const context = createRemoteContext(process.env, { language, signal: interrupt.signal, terminal: process.stderr });
  try {
    const { text, code, file } = await runRemote(command, context);
    if (file && !(await print(file.bytes, language, file.path))) return WRONG;
    return (await print(text, language)) ? code : WRONG;
  } catch (error) {
    context.say(
      interrupt.signal.aborted ? CLI_TEXTS[language].errors.cancelled() : sentenceOf(error, context.url(), language),
    );
    return WRONG;
  }
}

/** Sets up a cluster. */
async function cluster(command: ClusterCommand, language: Language): Promise<number> {
  const { runCluster } = await import('./cluster/run-cluster');
  const { text, code } = await runCluster(command, { language, signal: interrupt.signal, terminal: process.stderr });
  return (await print(text, language)) ? code : WRONG;
}

/** Prints the patch of all safe mechanical fixes; nothing of the repository is written. */
async function fix({ rules, out, ...options }: FixArguments, language: Language): Promise<number> {
  const ids = new Set(rules.map((id) => id.slice(0, id.indexOf('/'))));
  const magics = MAGIC_IDS.filter((id) => ids.has(id));
  const usual = { failUnder: undefined, strictness: undefined, advisories: undefined, coverage: undefined };
  const report = await run({ ...usual, ...options, magics, fixRules: rules }, options, language);
  if (!report?.mended || !(await print(report.mended.patch, language, out))) return WRONG;
  const { fixed, fixable, files, leftOut } = report.mended;
  process.stderr.write(`elder: ${CLI_TEXTS[language].fixed(fixed, fixable, files.length)}\n`);
  if (leftOut > 0) process.stderr.write(`elder: ${CLI_TEXTS[language].fixesLeftOut(leftOut)}\n`);
  return PASSED;
}

/** Says on the standard error what went wrong and gives null. */
async function run(
  options: Omit<AuditOptions, 'language'>,
  given: GivenPlaces,
  language: Language,
): Promise<LocalAudit | null> {
  const progress = createProgress(process.stderr, CLI_TEXTS[language].progress);
  try {
    return await runAudit({ ...options, language, signal: interrupt.signal, onProgress: progress.show });
  } catch (error) {
    progress.clear();
    process.stderr.write(`elder: ${sentenceFor(error, given, language)}\n`);
    return null;
  } finally {
    progress.clear();
  }
}

/** Writes to a file or to the standard output. When that fails says why and answers false. */
async function print(text: string | Uint8Array, language: Language, file?: string): Promise<boolean> {
  try {
    if (file === undefined) await write(text);
    else await writeFile(file, text);
    return true;
  } catch (error) {
    const cause = codeOf(error) ?? 'error';
    // A reader that has read enough, as `head`, is no failure.
    if (file === undefined && cause === 'EPIPE') return true;
    process.stderr.write(`elder: ${CLI_TEXTS[language].errors.unwritable(file ?? 'stdout', cause)}\n`);
    return false;
  }
}

/** Waits until a pipe has taken all of it: the process may end right after. */
function write(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

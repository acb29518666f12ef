import { writeFile } from 'node:fs/promises';
import { isAppError } from '@/lib/errors';
import type { CoverageProblem } from '@/lib/facts/coverage/parse-upload';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { type Language, MAGIC_IDS } from '@/lib/magics/types';
import { documentOf, reportFindings } from '@/lib/reports/audit-document';
import { csvOf } from '@/lib/reports/csv';
import { buildCycloneDx } from '@/lib/reports/cyclonedx';
import { buildGitlab } from '@/lib/reports/gitlab';
import { buildHtml } from '@/lib/reports/html';
import { buildJsonReport } from '@/lib/reports/json';
import { buildJunit } from '@/lib/reports/junit';
import { writeSarif } from '@/lib/reports/sarif-limits';
import { buildText } from '@/lib/reports/text';
import packageJson from '@/package.json' with { type: 'json' };
import {
  type AuditArguments,
  FIXABLE_RULES,
  type FixArguments,
  readArguments,
  type VerifyArguments,
} from './arguments';
import { type CheckedConfig, checkConfig } from './check-config';
import { createProgress } from './progress';
import { type AuditOptions, type LocalAudit, runAudit } from './run-audit';
import { UnusableFile, verifyFiles } from './verify-files';

const PASSED = 0;
const GATE_FAILED = 1;
const WRONG = 2;

/** Stops in order on the first interrupt; the second ends the process as usual. */
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

// What could not be written is told by the write itself, or to nobody who listens.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await main();

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
  }
}

async function audit(options: AuditArguments, language: Language): Promise<number> {
  const fixRules = options.patch === undefined ? undefined : FIXABLE_RULES;
  const report = await run({ ...options, fixRules }, options, language);
  if (!report) return WRONG;
  if (report.mended && !(await print(report.mended.patch, language, options.patch))) return WRONG;
  const hasColour = options.out === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
  const text = format(report, options, hasColour);
  if (!(await print(text, language, options.out))) return WRONG;
  return report.gate.isPassed ? PASSED : GATE_FAILED;
}

async function config(path: string, language: Language): Promise<number> {
  const t = CLI_TEXTS[language];
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

type GivenPlaces = Pick<AuditArguments, 'path' | 'ref' | 'cache'> &
  Partial<Pick<AuditArguments, 'advisories' | 'coverage'>>;

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
async function print(text: string, language: Language, file?: string): Promise<boolean> {
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

function format(
  report: LocalAudit,
  { format: name, isExplained, showsSuppressed }: Pick<AuditArguments, 'format' | 'isExplained' | 'showsSuppressed'>,
  hasColour: boolean,
): string {
  const { commit, branch, results, language } = report;
  switch (name) {
    case 'text':
      return buildText(report, { hasColour, isExplained, showsSuppressed });
    case 'json':
      return `${JSON.stringify(buildJsonReport(report), null, 2)}\n`;
    case 'junit':
      return buildJunit(report);
    case 'cyclonedx':
      return `${JSON.stringify(buildCycloneDx({ ...report, repositoryUrl: null, toolVersion: packageJson.version }), null, 2)}\n`;
    case 'sarif': {
      const skipped = results.flatMap((result) => result.skipped);
      const fixes = report.fixes ? { fixes: report.fixes } : {};
      const findings = reportFindings(report);
      return `${writeSarif({ commit, branch, repositoryUrl: null, findings, skipped, language, ...fixes }, { indent: 2 })}\n`;
    }
    case 'gitlab':
      return `${JSON.stringify(buildGitlab(reportFindings(report), language), null, 2)}\n`;
    case 'csv':
      return [...csvOf(reportFindings(report), language)].join('');
    case 'html':
      return buildHtml(documentOf(report), language);
  }
}

/** Waits until a pipe has taken all of it: the process may end right after. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function coverageSentence(file: string, line: number, problem: CoverageProblem, language: Language): string {
  const { coverage, coverageProblems } = CLI_TEXTS[language].errors;
  return coverage(file, line, coverageProblems[problem]);
}

function sentenceFor(
  error: unknown,
  { path, ref, cache, advisories, coverage }: GivenPlaces,
  language: Language,
): string {
  const code = codeOf(error);
  if (coverage !== undefined) {
    const { line, problem } = (isAppError(error) && error.details) || {};
    if (typeof line === 'number') return coverageSentence(coverage, line, problem as CoverageProblem, language);
    if (isAppError(error) && error.code === 'payload_too_large') return CLI_TEXTS[language].errors.largeFile(coverage);
    const file = isAppError(error) ? undefined : (error as NodeJS.ErrnoException).path;
    if (code !== undefined && file === coverage) return CLI_TEXTS[language].errors.unreadableFile(coverage, code);
  }
  if (advisories !== undefined && isAppError(error) && error.code === 'unprocessable') {
    return CLI_TEXTS[language].errors.advisories(advisories);
  }
  // All of the repository is read by Git: what the system refuses is about the facts that are kept.
  if (cache !== undefined && code !== undefined) return CLI_TEXTS[language].errors.cache(cache, code);
  if (isAppError(error) && error.details?.problem === 'missing') return CLI_TEXTS[language].errors.nothingThere(path);
  const sentences: Record<string, ((path: string, ref: string) => string) | string> = CLI_TEXTS[language]
    .errors as never;
  const known = isAppError(error) ? sentences[error.code] : undefined;
  const sentence = typeof known === 'function' ? known : CLI_TEXTS[language].errors.internal;
  const detail = !isAppError(error) && error instanceof Error ? ` (${error.message})` : '';
  return `${sentence(path, ref ?? 'HEAD')}${detail}`;
}

/** What the system calls a failure: `ENOSPC`, `EACCES`, … */
function codeOf(error: unknown): string | undefined {
  const code = isAppError(error) ? undefined : (error as NodeJS.ErrnoException).code;
  return /^E[A-Z]+$/.test(code ?? '') ? code : undefined;
}

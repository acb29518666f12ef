import { writeFile } from 'node:fs/promises';
import { isAppError } from '@/lib/errors';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { findingsOf, suppressedOf } from '@/lib/reports/audit-report';
import { buildCycloneDx } from '@/lib/reports/cyclonedx';
import { buildJsonReport } from '@/lib/reports/json';
import { buildJunit } from '@/lib/reports/junit';
import { buildSarif } from '@/lib/reports/sarif';
import { buildText } from '@/lib/reports/text';
import packageJson from '@/package.json' with { type: 'json' };
import { type AuditArguments, readArguments } from './arguments';
import { type CheckedConfig, checkConfig } from './check-config';
import { createProgress } from './progress';
import { type LocalAudit, runAudit } from './run-audit';

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
    case 'audit':
      return audit(command.arguments, command.language);
    case 'config':
      return config(command.path, command.language);
  }
}

async function audit(options: AuditArguments, language: Language): Promise<number> {
  const progress = createProgress(process.stderr, CLI_TEXTS[language].progress);
  let report: LocalAudit;
  try {
    report = await runAudit({ ...options, language, signal: interrupt.signal, onProgress: progress.show });
  } catch (error) {
    progress.clear();
    process.stderr.write(`elder: ${sentenceFor(error, options, language)}\n`);
    return WRONG;
  }
  progress.clear();
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
      const findings = [...findingsOf(results), ...suppressedOf(results)];
      return `${JSON.stringify(buildSarif({ commit, branch, repositoryUrl: null, findings, skipped, language }), null, 2)}\n`;
    }
  }
}

/** Waits until a pipe has taken all of it: the process may end right after. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function sentenceFor(error: unknown, { path, ref, cache, advisories }: AuditArguments, language: Language): string {
  const code = codeOf(error);
  if (advisories !== undefined && isAppError(error) && error.code === 'unprocessable') {
    return CLI_TEXTS[language].errors.advisories(advisories);
  }
  // All of the repository is read by Git: what the system refuses is about the facts that are kept.
  if (cache !== undefined && code !== undefined) return CLI_TEXTS[language].errors.cache(cache, code);
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

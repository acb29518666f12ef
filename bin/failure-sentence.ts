import { isAppError } from '@/lib/errors';
import type { CoverageProblem } from '@/lib/facts/coverage/parse-upload';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import type { AuditArguments } from './arguments';

/** Of the path, where an error says which. */
const PROBLEMS = ['missing', 'bare', 'unmerged', 'changesTooLarge'] as const;

export type GivenPlaces = Pick<AuditArguments, 'path' | 'ref' | 'cache'> &
  Partial<Pick<AuditArguments, 'advisories' | 'coverage' | 'newSince'>>;

function coverageSentence(file: string, line: number, problem: CoverageProblem, language: Language): string {
  const { coverage, coverageProblems } = CLI_TEXTS[language].errors;
  return coverage(file, line, coverageProblems[problem]);
}

/** What went wrong with a local repository or file, in one sentence. */
export function sentenceFor(
  error: unknown,
  { path, ref, newSince, cache, advisories, coverage }: GivenPlaces,
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
  if (advisories !== undefined && isAppError(error) && error.code === 'unprocessable' && !error.details?.problem) {
    return CLI_TEXTS[language].errors.advisories(advisories);
  }
  // All of the repository is read by Git: what the system refuses is about the facts that are kept.
  if (cache !== undefined && code !== undefined) return CLI_TEXTS[language].errors.cache(cache, code);
  const problem = PROBLEMS.find((known) => isAppError(error) && error.details?.problem === known);
  if (problem === 'missing') return CLI_TEXTS[language].errors.nothingThere(path);
  if (problem) return CLI_TEXTS[language].errors[problem](path);
  const sentences: Record<string, ((path: string, ref: string) => string) | string> = CLI_TEXTS[language]
    .errors as never;
  const known = isAppError(error) ? sentences[error.code] : undefined;
  const sentence = typeof known === 'function' ? known : CLI_TEXTS[language].errors.internal;
  const detail = !isAppError(error) && error instanceof Error ? ` (${error.message})` : '';
  return `${sentence(path, newSince ?? ref ?? 'HEAD')}${detail}`;
}

/** What the system calls a failure: `ENOSPC`, `EACCES`, … */
export function codeOf(error: unknown): string | undefined {
  const code = isAppError(error) ? undefined : (error as NodeJS.ErrnoException).code;
  return /^E[A-Z]+$/.test(code ?? '') ? code : undefined;
}

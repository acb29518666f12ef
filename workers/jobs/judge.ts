import { evaluate } from '@/lib/magics/evaluate';
import { predictTopFiles } from '@/lib/magics/predictive/top-files';
import { magicOf } from '@/lib/magics/registry';
import { factsOf } from '@/lib/services/audit-facts';
import { findRun } from '@/lib/services/audit-run';
import { saveMagicResult } from '@/lib/services/magic-rows';
import { runBounded } from '../bounded';
import type { JobHandler } from '../job-handler';

/** Less than the silence after which a worker counts as gone. */
const MAX_EVALUATION_MS = 10_000;

/** Judges one magic on facts that are all there. */
export const judge: JobHandler<'audit.judge'> = async ({ magicId }, { ref, signal, pool, log }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const facts = await factsOf(run, { pool, signal });
  signal.throwIfAborted();
  const startedAt = performance.now();
  const result = runBounded(() => evaluate(magicOf(magicId), facts, run.policy), MAX_EVALUATION_MS);
  const { totals } = facts;
  const stats = { codeLines: totals.codeLines, functions: totals.functions, tests: totals.tests };
  const executionTimeMs = performance.now() - startedAt;
  // A forecast that did not stand its back-test names no files.
  const topRisks = magicId === 'predictive' && result.score !== null ? predictTopFiles(facts) : null;
  await saveMagicResult(ref, result, { executionTimeMs, stats, topRisks });
};

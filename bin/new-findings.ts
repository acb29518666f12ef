import type { CoverageReport } from '@/lib/facts/coverage/coverage-report';
import { hashOfReport } from '@/lib/facts/coverage/coverage-report';
import { planCommit, type ReadContext, readFacts } from '@/lib/facts/read-repository';
import { judgeAll } from '@/lib/magics/judge-all';
import { looksAt } from '@/lib/magics/looks-at';
import { listNewSince } from '@/lib/magics/new-since';
import type { Policy } from '@/lib/magics/policy';
import type { Finding, MagicId, MagicResult } from '@/lib/magics/types';
import { findingsOf, type NewSince } from '@/lib/reports/audit-report';
import type { AuditTarget } from './audit-target';

interface ComparisonRequest {
  context: ReadContext;
  target: AuditTarget;
  /** The commit that was judged. */
  commit: string;
  results: readonly MagicResult[];
  /** An earlier commit. */
  since: string;
  policy: Policy;
  magics: readonly MagicId[];
  coverage: CoverageReport | null;
}

/** Judges the earlier commit in the same way and gives what it did not have. */
export async function findNewSince(request: ComparisonRequest): Promise<NewSince> {
  const { context, target, since, commit, policy, magics, coverage } = request;
  const findings = ofFiles(findingsOf(request.results), target, commit);
  if (since === 'HEAD' && target.uncommitted?.head === null) return { ref: since, commit: null, findings };
  const plan = await planCommit(context, since);
  const { facts } = await readFacts(context, plan);
  const { results } = judgeAll(facts, policy, magics, coverage && hashOfReport(coverage));
  const old = results.map((result) => ({ ...result, couldTell: looksAt(policy, result.ignored) }));
  return { ref: since, commit: facts.commit, findings: listNewSince(old, findings) };
}

/** A commit that only stands for changes is nothing to find fault with; neither is what a repository lacks before its first. */
function ofFiles(findings: readonly Finding[], { uncommitted }: AuditTarget, commit: string): Finding[] {
  if (!uncommitted) return [...findings];
  return findings.filter(
    ({ path, commits }) => path !== null || (uncommitted.head !== null && !commits.includes(commit)),
  );
}

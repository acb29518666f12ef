import { cleanText } from '@/lib/clean-text';
import type { HistoryFacts } from '@/lib/facts/history/history-facts';
import type { JobRef } from './audit-flow';
import { failJob, finishJob } from './audit-jobs';

const MAX_RELEASES = 200;
const MAX_NAME = 100;

/** Ends the history job. History that could not be read is a failure that the audit shows; a shallow clone is not. */
export async function finishHistory(ref: JobRef, { facts, missing, readCommits }: HistoryFacts): Promise<boolean> {
  const problem = Object.values(missing).find((reason) => reason !== 'shallow');
  if (problem) return failJob(ref, `history_${problem}`);
  const commits = facts.history?.commits ?? 0;
  const since = facts.history?.windowStart ?? 0;
  const releases = (facts.tags ?? [])
    .filter(({ isReachable, at }) => isReachable && at >= since)
    .sort((a, b) => a.at - b.at)
    .slice(-MAX_RELEASES)
    .map(({ name, at }) => ({ name: cleanText(name).slice(0, MAX_NAME), at: new Date(at * 1000).toISOString() }));
  return finishJob(ref, { commits, commitsTotal: commits, newCommits: readCommits }, async (tx) => {
    const stats = JSON.stringify({ commits, contributors: facts.history?.contributors ?? 0 });
    await tx.$executeRaw`
      update audits set stats = stats || ${stats}::jsonb, releases = ${JSON.stringify(releases)}::jsonb
      where id = ${ref.auditId}::uuid`;
  });
}

import { collectOwnMatches } from '@/lib/facts/own-rules/own-matches';
import { shardBudget } from '@/lib/facts/own-rules/work-budget';
import { collectBlobs } from '@/lib/facts/read-repository';
import { planShard } from '@/lib/services/audit-facts';
import { finishJob } from '@/lib/services/audit-jobs';
import { findRun } from '@/lib/services/audit-run';
import type { JobHandler } from '../job-handler';

/** Reads the blobs of one shard that nobody has read yet. */
export const collect: JobHandler<'audit.collect'> = async ({ shard }, { ref, signal, pool, log, report }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  await using work = await planShard(run, shard, {
    pool,
    signal,
    onProgress: ({ done, total }) => report({ files: done, filesTotal: total }),
  });
  const { context, requests, own } = work;
  await collectBlobs(context, requests);
  await collectOwnMatches(context, own, shardBudget(run.shards));
  const bytes = requests.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await finishJob(ref, { files: requests.length, filesTotal: requests.length, bytes });
};

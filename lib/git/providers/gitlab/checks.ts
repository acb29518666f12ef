import * as z from 'zod';
import type { CheckRunFact } from '@/lib/magics/facts/provider';
import { nameOf, secondsOf } from '../evidence/values';
import { connectionOf, nodesOf } from '../graphql';
import type { EvidenceQuestion, Listed, ProviderClient } from '../provider';
import { askProject } from './graphql';

const QUERY = `query ($path: ID!, $branch: String!) {
  project(fullPath: $path) {
    pipelines(ref: $branch, first: 5) {
      nodes { sha jobs(first: 60) { pageInfo { hasNextPage } nodes { name status startedAt finishedAt } } }
    }
  }
}`;

const CONCLUSIONS: Readonly<Record<string, CheckRunFact['conclusion']>> = {
  SUCCESS: 'success',
  FAILED: 'failure',
  CANCELED: 'cancelled',
  SKIPPED: 'skipped',
};

const Job = z.object({
  name: z.string().nullish(),
  status: z.string().nullish(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
});
const Pipeline = z.object({ sha: z.string().nullish(), jobs: connectionOf(Job).nullish() });
const Answer = z.object({ pipelines: nodesOf(Pipeline) });

/** Jobs of the newest pipelines of the branch. */
export async function checks(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<Listed<CheckRunFact>> {
  const { pipelines } = await askProject(client, { path, query: QUERY, variables: { branch }, schema: Answer });
  const items = (pipelines?.nodes ?? []).flatMap((pipeline) =>
    (pipeline?.jobs?.nodes ?? []).flatMap((job) => (job ? (toFact(pipeline?.sha ?? '', job) ?? []) : [])),
  );
  return { items, isCut: (pipelines?.nodes ?? []).some((pipeline) => pipeline?.jobs?.pageInfo.hasNextPage) };
}

function toFact(sha: string, job: z.output<typeof Job>): CheckRunFact | null {
  const conclusion = CONCLUSIONS[job.status ?? ''];
  const [startedAt, completedAt] = [secondsOf(job.startedAt), secondsOf(job.finishedAt)];
  if (!conclusion || startedAt === null || completedAt === null) return null;
  return { commitId: nameOf(sha), name: nameOf(job.name ?? ''), startedAt, completedAt, conclusion };
}

import * as z from 'zod';
import { AppError } from '@/lib/errors';
import type { CheckRunFact } from '@/lib/magics/facts/provider';
import { nameOf, secondsOf } from '../evidence/values';
import { connectionOf, nodesOf } from '../graphql';
import type { EvidenceQuestion, Listed, ProviderClient } from '../provider';
import { partsOf } from './api';
import { askGitHub } from './graphql';

/** The newest commit alone is often judged before its checks have ended. */
const QUERY = `query ($owner: String!, $name: String!, $commit: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    object(oid: $commit) {
      ... on Commit {
        history(first: 8) {
          nodes {
            oid
            checkSuites(first: 10) {
              pageInfo { hasNextPage }
              nodes {
                checkRuns(first: 30) {
                  pageInfo { hasNextPage }
                  nodes { name startedAt completedAt conclusion }
                }
              }
            }
          }
        }
      }
    }
  }
}`;

const CONCLUSIONS: Readonly<Record<string, CheckRunFact['conclusion']>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  STARTUP_FAILURE: 'failure',
  NEUTRAL: 'neutral',
  CANCELLED: 'cancelled',
  SKIPPED: 'skipped',
  TIMED_OUT: 'timed-out',
};

const Run = z.object({
  name: z.string(),
  startedAt: z.string().nullish(),
  completedAt: z.string().nullish(),
  conclusion: z.string().nullish(),
});
const Suite = z.object({ checkRuns: connectionOf(Run).nullish() });
const Commit = z.object({ oid: z.string(), checkSuites: connectionOf(Suite).nullish() });
const Answer = z.object({ repository: z.object({ object: z.object({ history: nodesOf(Commit) }).nullable() }) });

/** Of the newest commits, and of each what the host tells at once. */
export async function checks(
  client: ProviderClient,
  { path, commitId }: EvidenceQuestion,
): Promise<Listed<CheckRunFact>> {
  const [owner, name] = partsOf(path);
  const { repository } = await askGitHub(client, {
    query: QUERY,
    variables: { owner, name, commit: commitId },
    schema: Answer,
    needs: 'Checks: read',
  });
  if (!repository.object) throw new AppError('provider_not_found', 'the host does not know the commit');
  const commits = repository.object.history?.nodes ?? [];
  const suites = commits.map((commit) => commit?.checkSuites);
  const runs = suites.flatMap((listed) => listed?.nodes ?? []).map((suite) => suite?.checkRuns);
  const items = commits.flatMap((commit) =>
    (commit?.checkSuites?.nodes ?? [])
      .flatMap((suite) => suite?.checkRuns?.nodes ?? [])
      .flatMap((run) => (commit && run ? (toFact(commit.oid, run) ?? []) : [])),
  );
  return { items, isCut: [...suites, ...runs].some((part) => part?.pageInfo.hasNextPage) };
}

function toFact(commitId: string, run: z.output<typeof Run>): CheckRunFact | null {
  const conclusion = CONCLUSIONS[run.conclusion ?? ''];
  const [startedAt, completedAt] = [secondsOf(run.startedAt), secondsOf(run.completedAt)];
  if (!conclusion || startedAt === null || completedAt === null) return null;
  return { commitId: nameOf(commitId), name: nameOf(run.name), startedAt, completedAt, conclusion };
}

import { buildSchema, type ExecutionResult, execute, parse, validate } from 'graphql';
import type { Told } from './fake-host';

/** An excerpt of https://docs.gitlab.com/api/graphql/reference: names, types and nullability are GitLab's. */
const SCHEMA = buildSchema(`
  scalar Time
  enum MergeRequestState { merged opened closed locked all }
  enum MergeRequestSort { CREATED_ASC CREATED_DESC UPDATED_DESC MERGED_AT_DESC }
  enum IssuableState { opened closed locked all }
  enum IssueSort { CREATED_ASC CREATED_DESC UPDATED_DESC }
  enum MergeRequestReviewState { UNREVIEWED REVIEWED REQUESTED_CHANGES APPROVED UNAPPROVED REVIEW_STARTED }
  enum CiJobStatus { CREATED PENDING RUNNING FAILED SUCCESS CANCELED SKIPPED MANUAL }
  type Query { project(fullPath: ID!): Project }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  type Project {
    mergeRequests(after: String, first: Int, sort: MergeRequestSort, state: MergeRequestState, targetBranches: [String!]): MergeRequestConnection
    issues(after: String, first: Int, sort: IssueSort, state: IssuableState): IssueConnection
    pipelines(after: String, first: Int, ref: String, sha: String): PipelineConnection
  }
  type UserCore { username: String! }
  type UserCoreConnection { nodes: [UserCore] pageInfo: PageInfo! }
  type MergeRequestConnection { nodes: [MergeRequest] pageInfo: PageInfo! }
  type MergeRequest {
    iid: String!
    author: UserCore
    draft: Boolean!
    createdAt: Time!
    mergedAt: Time
    mergeCommitSha: String
    diffHeadSha: String
    description: String
    diffStatsSummary: DiffStatsSummary
    approvedBy(after: String, first: Int): UserCoreConnection
    reviewers(after: String, first: Int): MergeRequestReviewerConnection
  }
  type DiffStatsSummary { additions: Int! deletions: Int! changes: Int! fileCount: Int! }
  type MergeRequestReviewerConnection { nodes: [MergeRequestReviewer] pageInfo: PageInfo! }
  type MergeRequestReviewer { username: String! mergeRequestInteraction: UserMergeRequestInteraction }
  type UserMergeRequestInteraction { approved: Boolean! reviewState: MergeRequestReviewState }
  type IssueConnection { nodes: [Issue] pageInfo: PageInfo! }
  type Issue {
    iid: String!
    createdAt: Time!
    closedAt: Time
    author: UserCore
    labels(after: String, first: Int): LabelConnection
    notes(after: String, first: Int): NoteConnection!
  }
  type LabelConnection { nodes: [Label] pageInfo: PageInfo! }
  type Label { title: String! }
  type NoteConnection { nodes: [Note] pageInfo: PageInfo! }
  type Note { author: UserCore createdAt: Time! system: Boolean! systemNoteIconName: String }
  type PipelineConnection { nodes: [Pipeline] pageInfo: PageInfo! }
  type Pipeline { sha: String jobs(after: String, first: Int): CiJobConnection }
  type CiJobConnection { nodes: [CiJob] pageInfo: PageInfo! }
  type CiJob { name: String status: CiJobStatus startedAt: Time finishedAt: Time }
`);

export interface ToldMergeRequest {
  iid: number;
  target: string;
  author: string;
  createdAt: string;
  mergedAt: string | null;
  description: string | null;
  approvedBy: string[];
  reviewers: { username: string; reviewState: string }[];
}

export interface ToldByGitLab {
  mergeRequests: ToldMergeRequest[];
  issues: {
    iid: number;
    author: string;
    createdAt: string;
    labels: string[];
    notes: { by: string; at: string; icon: string | null }[];
  }[];
  pipelines: { sha: string; ref: string; jobs: Record<string, unknown>[] }[];
}

export function nothingTold(): ToldByGitLab {
  return { mergeRequests: [], issues: [], pipelines: [] };
}

/** A project that nobody may see is null, without an error. */
export function answerGraphql(body: Record<string, unknown>, find: (path: string) => ToldByGitLab | null): Told {
  const document = parse(String(body.query));
  const invalid = validate(SCHEMA, document);
  if (invalid.length > 0) return { body: { errors: invalid.map(({ message }) => ({ message })) } };
  const { data, errors } = execute({
    schema: SCHEMA,
    document,
    rootValue: { project: ({ fullPath }: { fullPath: string }) => projectOf(find(fullPath)) },
    variableValues: body.variables as Record<string, unknown>,
  }) as ExecutionResult;
  return { body: { data: data ?? null, ...(errors && { errors: errors.map(({ message }) => ({ message })) }) } };
}

interface Paging {
  first?: number;
  after?: string | null;
}

/** A hundred at most, whatever is asked. */
function paged<Row>(rows: readonly Row[], { first = 100, after }: Paging) {
  const start = after ? Number(Buffer.from(after, 'base64').toString('utf8')) : 0;
  const end = start + Math.min(first, 100);
  const endCursor = Buffer.from(String(end)).toString('base64');
  return { nodes: rows.slice(start, end), pageInfo: { hasNextPage: end < rows.length, endCursor } };
}

function projectOf(told: ToldByGitLab | null) {
  if (!told) return null;
  const user = (username: string) => ({ username });
  return {
    mergeRequests: (args: Paging & { state?: string; targetBranches?: string[] }) =>
      paged(
        told.mergeRequests
          .filter(({ mergedAt }) => args.state === (mergedAt === null ? 'opened' : 'merged'))
          .filter(({ target }) => args.targetBranches?.includes(target) !== false)
          .sort((a, b) => b.iid - a.iid)
          .map((row) => ({
            ...row,
            iid: String(row.iid),
            author: user(row.author),
            draft: false,
            mergeCommitSha: row.mergedAt && 'e'.repeat(40),
            diffHeadSha: 'f'.repeat(40),
            diffStatsSummary: { additions: 3, deletions: 4, changes: 7, fileCount: 1 },
            approvedBy: (inner: Paging) => paged(row.approvedBy.map(user), inner),
            reviewers: (inner: Paging) =>
              paged(
                row.reviewers.map(({ username, reviewState }) => ({
                  username,
                  mergeRequestInteraction: { approved: reviewState === 'APPROVED', reviewState },
                })),
                inner,
              ),
          })),
        args,
      ),
    issues: (args: Paging) =>
      paged(
        told.issues
          .toSorted((a, b) => b.iid - a.iid)
          .map((row) => ({
            ...row,
            iid: String(row.iid),
            closedAt: null,
            author: user(row.author),
            labels: (inner: Paging) =>
              paged(
                row.labels.map((title) => ({ title })),
                inner,
              ),
            notes: (inner: Paging) =>
              paged(
                row.notes.map(({ by, at, icon }) => ({
                  ...{ author: user(by), createdAt: at, system: icon !== null, systemNoteIconName: icon },
                })),
                inner,
              ),
          })),
        args,
      ),
    pipelines: (args: Paging & { ref?: string }) =>
      paged(
        told.pipelines
          .filter(({ ref }) => ref === args.ref)
          .map(({ sha, jobs }) => ({ sha, jobs: (inner: Paging) => paged(jobs, inner) })),
        args,
      ),
  };
}

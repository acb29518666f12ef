import { buildSchema, type ExecutionResult, execute, GraphQLError, parse, validate } from 'graphql';
import type { Told } from './fake-host';

/** An excerpt of https://docs.github.com/public/fpt/schema.docs.graphql: names, types and nullability are GitHub's. */
const SCHEMA = buildSchema(`
  scalar DateTime
  scalar GitObjectID
  enum OrderDirection { ASC DESC }
  enum IssueOrderField { CREATED_AT UPDATED_AT COMMENTS }
  input IssueOrder { field: IssueOrderField! direction: OrderDirection! }
  enum PullRequestState { OPEN CLOSED MERGED }
  enum IssueState { OPEN CLOSED }
  enum PullRequestReviewState { PENDING COMMENTED APPROVED CHANGES_REQUESTED DISMISSED }
  enum CheckConclusionState { ACTION_REQUIRED TIMED_OUT CANCELLED FAILURE SUCCESS NEUTRAL SKIPPED STARTUP_FAILURE STALE }
  enum IssueTimelineItemsItemType { LABELED_EVENT ASSIGNED_EVENT CLOSED_EVENT }
  type Query { repository(owner: String!, name: String!, followRenames: Boolean = true): Repository }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  interface Actor { login: String! }
  type User implements Actor { login: String! }
  type Bot implements Actor { login: String! }
  type Repository {
    ref(qualifiedName: String!): Ref
    object(expression: String, oid: GitObjectID): GitObject
    pullRequestTemplates: [PullRequestTemplate!]
    pullRequests(after: String, baseRefName: String, first: Int, orderBy: IssueOrder, states: [PullRequestState!]): PullRequestConnection!
    issues(after: String, first: Int, orderBy: IssueOrder, states: [IssueState!]): IssueConnection!
  }
  type PullRequestTemplate { body: String filename: String }
  type Ref { name: String! branchProtectionRule: BranchProtectionRule refUpdateRule: RefUpdateRule }
  type BranchProtectionRule {
    allowsDeletions: Boolean!
    allowsForcePushes: Boolean!
    dismissesStaleReviews: Boolean!
    isAdminEnforced: Boolean!
    requiredApprovingReviewCount: Int
    requiredStatusCheckContexts: [String]
    requiresApprovingReviews: Boolean!
    requiresCodeOwnerReviews: Boolean!
    requiresStatusChecks: Boolean!
  }
  type RefUpdateRule {
    allowsDeletions: Boolean!
    allowsForcePushes: Boolean!
    requiredApprovingReviewCount: Int
    requiredStatusCheckContexts: [String]
    requiresCodeOwnerReviews: Boolean!
  }
  type PullRequestConnection { nodes: [PullRequest] pageInfo: PageInfo! totalCount: Int! }
  type PullRequest {
    number: Int!
    author: Actor
    isDraft: Boolean!
    createdAt: DateTime!
    mergedAt: DateTime
    mergeCommit: Commit
    additions: Int!
    deletions: Int!
    body: String!
    latestOpinionatedReviews(after: String, first: Int, writersOnly: Boolean = false): PullRequestReviewConnection
  }
  type PullRequestReviewConnection { nodes: [PullRequestReview] pageInfo: PageInfo! }
  type PullRequestReview { author: Actor state: PullRequestReviewState! }
  type IssueConnection { nodes: [Issue] pageInfo: PageInfo! totalCount: Int! }
  type Issue {
    number: Int!
    createdAt: DateTime!
    closedAt: DateTime
    author: Actor
    labels(after: String, first: Int): LabelConnection
    comments(after: String, first: Int): IssueCommentConnection!
    timelineItems(after: String, first: Int, itemTypes: [IssueTimelineItemsItemType!]): IssueTimelineItemsConnection!
  }
  type LabelConnection { nodes: [Label] pageInfo: PageInfo! }
  type Label { name: String! }
  type IssueCommentConnection { nodes: [IssueComment] pageInfo: PageInfo! }
  type IssueComment { author: Actor createdAt: DateTime! }
  type IssueTimelineItemsConnection { nodes: [IssueTimelineItems] pageInfo: PageInfo! }
  union IssueTimelineItems = LabeledEvent
  type LabeledEvent { actor: Actor createdAt: DateTime! }
  interface GitObject { oid: GitObjectID! }
  type Commit implements GitObject {
    oid: GitObjectID!
    history(after: String, first: Int): CommitHistoryConnection!
    checkSuites(after: String, first: Int): CheckSuiteConnection
  }
  type CommitHistoryConnection { nodes: [Commit] pageInfo: PageInfo! }
  type CheckSuiteConnection { nodes: [CheckSuite] pageInfo: PageInfo! }
  type CheckSuite { checkRuns(after: String, first: Int): CheckRunConnection }
  type CheckRunConnection { nodes: [CheckRun] pageInfo: PageInfo! }
  type CheckRun { name: String! startedAt: DateTime completedAt: DateTime conclusion: CheckConclusionState }
`);

export interface ToldPullRequest {
  number: number;
  base: string;
  author: string | null;
  isDraft: boolean;
  createdAt: string;
  mergedAt: string | null;
  mergeCommit: string | null;
  lines: number;
  body: string;
  reviews: { by: string; state: string }[];
}

export interface ToldIssue {
  number: number;
  author: string | null;
  createdAt: string;
  labels: string[];
  comments: { by: string; at: string }[];
  labelled: { by: string; at: string }[];
}

interface ToldCheck {
  commit: string;
  name: string;
  startedAt: string | null;
  completedAt: string | null;
  conclusion: string | null;
}

export interface ToldByGraphql {
  branches: string[];
  rule: Record<string, unknown> | null;
  templates: string[];
  pullRequests: ToldPullRequest[];
  issues: ToldIssue[];
  checks: ToldCheck[];
}

export function nothingTold(): ToldByGraphql {
  return { branches: ['main'], rule: null, templates: [], pullRequests: [], issues: [], checks: [] };
}

interface Asker {
  find: (path: string) => { told: ToldByGraphql } | null;
  isAdministrator: boolean;
  forbidden: readonly string[];
  /** Scopes without which nothing is shown; null: it has them. */
  needed: string[] | null;
}

/** Answers as GitHub does: with status 200, whatever is wrong with the question. */
export function answerGraphql(body: Record<string, unknown>, asker: Asker): Told {
  const document = parse(String(body.query));
  const invalid = validate(SCHEMA, document);
  if (invalid.length > 0) return { body: { errors: invalid.map(asGitHubSays) } };
  const result = execute({
    schema: SCHEMA,
    document,
    rootValue: { repository: repositoryFor(asker) },
    variableValues: body.variables as Record<string, unknown>,
    typeResolver: (value: { __typename?: string }) => value.__typename,
  }) as ExecutionResult;
  const errors = result.errors?.map(({ message, path, extensions }) => ({ ...extensions, path, message }));
  return { body: { data: result.data ?? null, ...(errors && { errors }) } };
}

function asGitHubSays({ message }: GraphQLError) {
  const unknown = /^Cannot query field "(?<field>\w+)" on type "(?<type>\w+)"/.exec(message)?.groups;
  if (!unknown) return { message, extensions: { code: 'argumentLiteralsIncompatible' } };
  const { field, type } = unknown;
  return { message: `Field '${field}' doesn't exist on type '${type}'`, extensions: { code: 'undefinedField' } };
}

function problem(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function repositoryFor({ find, isAdministrator, forbidden, needed }: Asker) {
  const guarded = (field: string, value: unknown) => {
    if (!forbidden.includes(field)) return value;
    throw problem('FORBIDDEN', 'Resource not accessible by personal access token');
  };
  return ({ owner, name }: { owner: string; name: string }) => {
    const repository = find(`${owner}/${name}`);
    if (!repository) {
      throw problem('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    }
    if (needed) {
      const scopes = needed.map((scope) => `'${scope}'`).join(', ');
      const message = `Your token has not been granted the required scopes to execute this query. The 'repository' field requires one of the following scopes: [${scopes}], but your token has only been granted the: ['read:org'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`;
      throw problem('INSUFFICIENT_SCOPES', message);
    }
    const { told } = repository;
    return {
      ref: ({ qualifiedName }: { qualifiedName: string }) => {
        const branch = qualifiedName.replace(/^refs\/heads\//, '');
        if (!told.branches.includes(branch)) return null;
        return {
          name: branch,
          branchProtectionRule: () =>
            guarded('repository.ref.branchProtectionRule', isAdministrator ? told.rule : null),
          refUpdateRule: told.rule,
        };
      },
      pullRequestTemplates: told.templates.map((body) => ({ body })),
      pullRequests: (args: { states?: string[]; baseRefName?: string } & Paging) => {
        const stateOf = ({ mergedAt }: ToldPullRequest) => (mergedAt === null ? 'OPEN' : 'MERGED');
        const rows = told.pullRequests
          .filter((one) => args.states?.includes(stateOf(one)) !== false)
          .filter(({ base }) => args.baseRefName === undefined || base === args.baseRefName)
          .sort((a, b) => b.number - a.number);
        return guarded('repository.pullRequests', paged(rows.map(pullRequestOf), args));
      },
      issues: (args: Paging) => {
        const rows = told.issues.toSorted((a, b) => b.number - a.number);
        return guarded('repository.issues', paged(rows.map(issueOf), args));
      },
      object: ({ oid }: { oid: string }) => ({
        __typename: 'Commit',
        oid,
        history: (args: Paging) => paged(commitsOf(told.checks, oid), args),
      }),
    };
  };
}

interface Paging {
  first?: number;
  after?: string | null;
}

function paged<Row>(rows: readonly Row[], { first, after }: Paging) {
  if (first === undefined) throw problem('MISSING_PAGINATION_BOUNDARIES', 'You must provide a `first` or `last` value');
  if (first > 100)
    throw problem('EXCESSIVE_PAGINATION', `Requesting ${first} records exceeds the limit of 100 records.`);
  const start = after ? Number(Buffer.from(after, 'base64').toString('utf8')) : 0;
  const end = start + first;
  const endCursor = Buffer.from(String(end)).toString('base64');
  return {
    nodes: rows.slice(start, end),
    totalCount: rows.length,
    pageInfo: { hasNextPage: end < rows.length, endCursor },
  };
}

function actor(login: string | null) {
  if (login === null) return null;
  // Apps are shown without what their e-mail address ends with.
  return login.endsWith('[bot]') ? { __typename: 'Bot', login: login.slice(0, -5) } : { __typename: 'User', login };
}

function pullRequestOf(row: ToldPullRequest) {
  return {
    ...row,
    author: actor(row.author),
    mergeCommit: row.mergeCommit && { __typename: 'Commit', oid: row.mergeCommit },
    additions: row.lines,
    deletions: 0,
    latestOpinionatedReviews: (args: Paging) =>
      paged(
        row.reviews.map(({ by, state }) => ({ author: actor(by), state })),
        args,
      ),
  };
}

function issueOf(row: ToldIssue) {
  return {
    ...row,
    closedAt: null,
    author: actor(row.author),
    labels: (args: Paging) =>
      paged(
        row.labels.map((name) => ({ name })),
        args,
      ),
    comments: (args: Paging) =>
      paged(
        row.comments.map(({ by, at }) => ({ author: actor(by), createdAt: at })),
        args,
      ),
    timelineItems: (args: Paging) =>
      paged(
        row.labelled.map(({ by, at }) => ({ __typename: 'LabeledEvent', actor: actor(by), createdAt: at })),
        args,
      ),
  };
}

function commitsOf(checks: readonly ToldCheck[], head: string) {
  return [...new Set([head, ...checks.map(({ commit }) => commit)])].map((oid) => ({
    __typename: 'Commit',
    oid,
    checkSuites: (args: Paging) =>
      paged(
        [
          {
            checkRuns: (inner: Paging) =>
              paged(
                checks.filter(({ commit }) => commit === oid),
                inner,
              ),
          },
        ],
        args,
      ),
  }));
}

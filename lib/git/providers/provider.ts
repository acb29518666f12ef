import type { BranchProtectionFact, CheckRunFact, IssueFact, PullRequestFact } from '@/lib/magics/facts/provider';
import type { RepositoryUrl } from '../repository-url';
import type { ProviderFetch } from './provider-fetch';

export const PROVIDER_IDS = [
  'github',
  'gitlab',
  'bitbucket_cloud',
  'bitbucket_data_center',
  'azure_devops',
  'gitea',
] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** Who asks: a token that a person made, or the one of an App's installation, which lives for an hour. */
export type Credential = { kind: 'token'; token: string; username?: string } | { kind: 'installation'; token: string };

/** With what a host's API is asked. */
export interface ProviderClient {
  /** Of the host's web pages, without a slash at the end. */
  baseUrl: string;
  /** Null: as anybody. */
  credential: Credential | null;
  /** Paced, guarded, and mapped to `AppError` with a `provider_…` or `outgoing_…` code. */
  fetch: ProviderFetch;
}

/** What can be asked of a host. */
export interface ProviderApi {
  id: ProviderId;
  /** Of the public host; null where everybody has their own. */
  publicUrl: string | null;
  /** Where the API finds the repository of an address at this host (`owner/name`); null when it names none. */
  repositoryPath: (url: Pick<RepositoryUrl, 'path'> & { host?: string | null }) => string | null;
  /** Whether a host stands for the public one, though it has another name. */
  hasHost?: (host: string) => boolean;
  /** Value of the `Authorization` header with which Git reads over https. */
  gitAuthorization: (credential: Credential) => string;
  /** What a token must be allowed, in the host's own words. */
  scopes: {
    /** To read code with Git: named when the API takes the token and Git does not. */
    code: string;
    /** Of those that reading takes, the ones that a token with these lacks. */
    missing: (granted: readonly string[]) => string[];
  };
  repositories: RepositoryApi;
  webhooks: WebhookApi;
  answers: AnswerApi;
  evidence: EvidenceApi;
}

/** Reads repositories. A path that the host does not know throws `provider_not_found`. */
export interface RepositoryApi {
  /** Whose credential it is and what it may do; throws `provider_unauthorized` when the host refuses it. */
  whoAmI: (client: ProviderClient) => Promise<Account>;
  get: (client: ProviderClient, path: string) => Promise<ProviderRepository>;
  /** Organisations, groups, workspaces or projects whose repositories can be listed. */
  listOwners: (client: ProviderClient, page: PageOf) => Promise<Page<Owner>>;
  list: (client: ProviderClient, owner: string, page: PageOf) => Promise<Page<ProviderRepository>>;
  listBranches: (client: ProviderClient, path: string, page: PageOf) => Promise<Page<Branch>>;
  /** What `head` has that `base` lacks; at most 300 files. */
  compare: (client: ProviderClient, path: string, range: { base: string; head: string }) => Promise<Comparison>;
  listMembers: (client: ProviderClient, path: string, page: PageOf) => Promise<Page<Member>>;
  listOpenPullRequests: (client: ProviderClient, path: string, page: PageOf) => Promise<Page<PullRequestFacts>>;
}

export interface PageOf {
  /** As the page before gave it; none for the first. */
  cursor?: string;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Account {
  login: string;
  /** As the host names them; null when it does not tell. */
  scopes: string[] | null;
  expiresAt: Date | null;
}

export interface Owner {
  path: string;
  name: string;
  kind: 'user' | 'organisation';
}

export interface ProviderRepository {
  /** Stays the same when it is renamed or transferred. */
  id: string;
  path: string;
  /** As the host gives it, still to be checked by the address guard before anything is fetched. */
  cloneUrl: string;
  webUrl: string;
  /** Null: it has no commit yet. */
  defaultBranch: string | null;
  isPrivate: boolean;
  isArchived: boolean;
  isFork: boolean;
  sizeBytes: number | null;
  /** May the credential set up webhooks? null: the host does not tell. */
  canAdminister: boolean | null;
  pushedAt: Date | null;
}

export interface Branch {
  name: string;
  commitId: string;
  /** Null: the host does not tell. */
  isProtected: boolean | null;
}

export interface Comparison {
  /** The merge base; null where the host does not tell. */
  mergeBaseId: string | null;
  aheadBy: number | null;
  behindBy: number | null;
  files: string[];
  /** There are more files than told. */
  isCut: boolean;
}

export interface Member {
  login: string;
  email: string | null;
  canPush: boolean;
}

export interface PullRequestFacts {
  number: number;
  title: string;
  author: string | null;
  url: string;
  isOpen: boolean;
  isDraft: boolean;
  isFork: boolean;
  baseBranch: string;
  headBranch: string;
  headCommitId: string;
  /** What Git fetches the head by, from the repository itself: refs/pull/12/head; null where the host has none. */
  headRef: string | null;
}

/** Sets up how the host tells of what happens. */
export interface WebhookApi {
  /** Makes the webhook, or changes the one at `externalId`. Gives its id. Throws `provider_scope_missing` when the token may not. */
  put: (client: ProviderClient, path: string, webhook: WebhookRequest) => Promise<{ externalId: string }>;
  /** One that is gone already is no error. */
  remove: (client: ProviderClient, path: string, externalId: string) => Promise<void>;
  /** Has the host send again what nobody took since; gives how many. Absent where hosts cannot be asked for that. */
  redeliverMissed?: (client: ProviderClient, path: string, externalId: string, since: Date) => Promise<number>;
  /** Events as a person ticks them in the host's form. */
  events: readonly string[];
}

export interface WebhookRequest {
  url: string;
  secret: string;
  externalId: string | null;
}

/** Tells the host what an audit says. */
export interface AnswerApi {
  /** Shows the state of the audit beside its commit. Gives the id of the check where the host has checks. */
  putCommitState: (client: ProviderClient, path: string, state: CommitState) => Promise<{ externalId: string | null }>;
  /** Writes the one comment of a pull request anew, or makes it. Gives its id. */
  putComment: (client: ProviderClient, path: string, comment: CommentRequest) => Promise<{ externalId: string }>;
  /** The newest commit of the pull request and whether it is open: asked before anything is shown. */
  getPullRequest: (client: ProviderClient, path: string, number: number) => Promise<PullRequestFacts>;
}

export interface CommitState {
  commitId: string;
  /** Number of the pull request whose newest commit it is; null of a push. */
  pullRequest: number | null;
  externalId: string | null;
  /** Of the same name, a later state replaces the earlier one. */
  name: string;
  state: 'pending' | 'running' | 'passed' | 'failed' | 'neutral';
  /** One sentence. */
  title: string;
  /** Markdown, already escaped; shown where the host has room for it. */
  summary: string;
  /** Of the audit's page. */
  url: string;
  /** On changed lines only, most severe first; the host's limits are its module's matter. */
  annotations: readonly Annotation[];
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface Annotation {
  path: string;
  startLine: number;
  endLine: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

export interface CommentRequest {
  number: number;
  externalId: string | null;
  /** Markdown, already escaped. */
  body: string;
}

/** Reads what rules ask of a host beyond Git. null: the host has no such API, or tells too little by it. */
export interface EvidenceApi {
  /** Gives null when the branch has no rules. */
  protection: EvidenceReader<BranchProtectionFact | null> | null;
  pullRequests: EvidenceReader<Listed<PullRequestFact>> | null;
  issues: EvidenceReader<Listed<IssueFact>> | null;
  checks: EvidenceReader<Listed<CheckRunFact>> | null;
}

export type EvidenceReader<Value> = (client: ProviderClient, question: EvidenceQuestion) => Promise<Value>;

export interface EvidenceQuestion {
  path: string;
  branch: string;
  /** The newest of the branch. */
  commitId: string;
  /** Seconds: what was merged before is not asked for. */
  since: number;
}

export interface Listed<Item> {
  items: Item[];
  /** The host has more; the newest are here. */
  isCut: boolean;
}

/** Reads what the host sends. Nothing is trusted before `isSigned` says so. */
export interface DeliveryReader {
  /** Whether the raw bytes carry a signature (or the token) made with the secret; compared in constant time. */
  isSigned: (request: DeliveryRequest, secret: string) => boolean;
  /** Name, event and action of a delivery; null when the headers name none. Throws `invalid_request` for a body that is none. */
  read: (request: DeliveryRequest) => Delivery | null;
}

export interface DeliveryRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface Delivery {
  /** As the host names it; of the body's hash where the host names none. */
  id: string;
  /** As the host names it. */
  event: string;
  action: string | null;
  /** Of the App, where the delivery came by one. */
  installationId: string | null;
  /** Who did it. */
  sender: { login: string; isBot: boolean } | null;
  /** Of the repository at its host. */
  repository: { id: string; path: string } | null;
  /** One delivery may tell of several branches; never empty. */
  changes: readonly DeliveredChange[];
  /** The body as JSON, for the page of deliveries. */
  payload: unknown;
}

/** What happened, in words that all hosts share. */
export type DeliveredChange =
  | {
      kind: 'push';
      branch: string;
      /** Null: the branch was created. */
      before: string | null;
      /** Null: the branch was deleted. */
      after: string | null;
      isForced: boolean;
      /** Changed files as far as the delivery tells. */
      files: string[];
      commitMessage: string | null;
    }
  | { kind: 'tag'; name: string; after: string | null }
  | {
      kind: 'pull_request';
      pullRequest: PullRequestFacts;
      /** Its commits or its base may differ from what was told before. */
      isHeadChanged: boolean;
    }
  | { kind: 'rerun'; externalId: string | null; commitId: string }
  | {
      kind: 'repository';
      change:
        | 'renamed'
        | 'transferred'
        | 'archived'
        | 'unarchived'
        | 'deleted'
        | 'privatized'
        | 'publicized'
        | 'default_branch';
      /** Where it is now, of one that moved. */
      path: string | null;
      /** Where it was before. */
      formerPath: string | null;
      defaultBranch: string | null;
      formerDefaultBranch: string | null;
    }
  | {
      kind: 'installation';
      change: 'created' | 'deleted' | 'suspended' | 'unsuspended' | 'repositories' | 'permissions';
    }
  | { kind: 'ping' }
  | { kind: 'other' };

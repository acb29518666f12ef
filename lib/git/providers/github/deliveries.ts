import * as z from 'zod';
import {
  Commit,
  CommitOrNone,
  deliveryIdOf,
  Id,
  Name,
  orOther,
  PushedCommits,
  parsePayload,
  pullRequestChange,
  readBodyJson,
  refChange,
  repositoryChange,
  WebUrl,
  Words,
} from '../delivery-parts';
import type { DeliveredChange, DeliveryReader } from '../provider';
import { isHubSignature } from '../signature';

const Person = z.object({ login: Name, type: z.string().nullish() });
const Repository = z.object({ id: Id, full_name: Name, default_branch: Name.nullish() });

/** What every event may hold. */
const Envelope = z.object({
  action: Name.nullish(),
  installation: z.object({ id: Id }).nullish(),
  sender: Person.nullish(),
  repository: Repository.nullish(),
});

const Push = z.object({
  ref: Name,
  before: CommitOrNone,
  after: CommitOrNone,
  forced: z.boolean().nullish(),
  commits: PushedCommits,
  head_commit: z.object({ message: Words }).nullish(),
});

const Deleted = z.object({ ref: Name, ref_type: z.string() });

const Side = z.object({ ref: Name, sha: Commit, repo: z.object({ id: Id }).nullish() });
const PullRequest = z.object({
  changes: z.object({ base: z.unknown().optional() }).nullish(),
  pull_request: z.object({
    number: z.int().positive(),
    title: Words,
    user: Person.nullish(),
    html_url: WebUrl,
    state: z.string(),
    draft: z.boolean().nullish(),
    head: Side,
    base: Side,
  }),
});

const RepositoryEvent = z.object({
  repository: Repository,
  changes: z
    .object({
      repository: z.object({ name: z.object({ from: Name }) }).nullish(),
      owner: z
        .object({
          from: z.object({
            user: z.object({ login: Name }).nullish(),
            organization: z.object({ login: Name }).nullish(),
          }),
        })
        .nullish(),
      default_branch: z.object({ from: Name }).nullish(),
    })
    .nullish(),
});

const CheckRun = z.object({ check_run: z.object({ external_id: z.string().max(200).nullish(), head_sha: Commit }) });
const CheckSuite = z.object({ check_suite: z.object({ head_sha: Commit }) });

/** Actions after which what is to be merged, or into what, may differ. */
const CHANGING_ACTIONS = new Set(['opened', 'synchronize', 'reopened', 'ready_for_review']);
const PULL_REQUEST_ACTIONS = new Set([...CHANGING_ACTIONS, 'closed', 'converted_to_draft', 'edited']);
const REPOSITORY_ACTIONS = new Set(['archived', 'unarchived', 'deleted', 'privatized', 'publicized'] as const);
const INSTALLATION_ACTIONS = {
  created: 'created',
  deleted: 'deleted',
  suspend: 'suspended',
  unsuspend: 'unsuspended',
  new_permissions_accepted: 'permissions',
} as const;

export const githubDeliveries: DeliveryReader = {
  // Deliveries that carry only the older SHA-1 are refused: it is no signature any more.
  isSigned: ({ headers, body }, secret) => isHubSignature(headers['x-hub-signature-256'], body, secret),
  read(request) {
    const event = request.headers['x-github-event'];
    if (!event || !/^\w{1,60}$/.test(event)) return null;
    const payload = readBodyJson(request);
    const { action, installation, sender, repository } = parsePayload(Envelope, payload);
    return {
      id: deliveryIdOf(request.headers['x-github-delivery'], request.body),
      event,
      action: action ?? null,
      installationId: installation?.id ?? null,
      sender: sender ? { login: sender.login, isBot: sender.type === 'Bot' } : null,
      repository: repository ? { id: repository.id, path: repository.full_name } : null,
      changes: orOther([changeOf(event, action ?? '', payload)]),
      payload,
    };
  },
};

function changeOf(event: string, action: string, payload: unknown): DeliveredChange | null {
  switch (event) {
    case 'ping':
      return { kind: 'ping' };
    case 'push':
      return pushOf(payload);
    case 'delete':
      return deletedOf(payload);
    case 'pull_request':
      return PULL_REQUEST_ACTIONS.has(action) ? pullRequestOf(action, payload) : null;
    case 'repository':
      return repositoryOf(action, payload);
    case 'public':
      return repositoryChange('publicized');
    case 'installation':
      return action in INSTALLATION_ACTIONS
        ? { kind: 'installation', change: INSTALLATION_ACTIONS[action as keyof typeof INSTALLATION_ACTIONS] }
        : null;
    case 'installation_repositories':
      return { kind: 'installation', change: 'repositories' };
    case 'check_run':
      return action === 'rerequested' ? rerunOf(parsePayload(CheckRun, payload).check_run) : null;
    case 'check_suite':
      return action === 'rerequested' ? rerunOf(parsePayload(CheckSuite, payload).check_suite) : null;
    default:
      return null;
  }
}

function pushOf(payload: unknown): DeliveredChange | null {
  const { ref, before, after, forced, commits, head_commit: head } = parsePayload(Push, payload);
  const more = { isForced: forced === true, files: commits, commitMessage: head?.message ?? null };
  return refChange(ref, { before, after }, more);
}

/** A push tells the same, to whoever is told of pushes. */
function deletedOf(payload: unknown): DeliveredChange | null {
  const { ref, ref_type: type } = parsePayload(Deleted, payload);
  const prefix = type === 'branch' ? 'refs/heads/' : type === 'tag' ? 'refs/tags/' : '';
  return refChange(`${prefix}${ref}`, { before: null, after: null });
}

function pullRequestOf(action: string, payload: unknown): DeliveredChange {
  const { pull_request: pull, changes } = parsePayload(PullRequest, payload);
  const { number, title, user, html_url: url, state, draft, head, base } = pull;
  const facts = {
    number,
    title,
    author: user?.login ?? null,
    url,
    isOpen: state === 'open',
    isDraft: draft === true,
    // The repository of a head may be gone: then nobody can say that it was ours.
    isFork: head.repo?.id !== base.repo?.id,
    baseBranch: base.ref,
    headBranch: head.ref,
    headCommitId: head.sha,
    headRef: `refs/pull/${number}/head`,
  };
  return pullRequestChange(facts, CHANGING_ACTIONS.has(action) || (action === 'edited' && changes?.base !== undefined));
}

function repositoryOf(action: string, payload: unknown): DeliveredChange | null {
  const { repository, changes } = parsePayload(RepositoryEvent, payload);
  const path = repository.full_name;
  const [owner = '', name = ''] = path.split('/');
  if (action === 'renamed') {
    const from = changes?.repository?.name.from;
    return repositoryChange('renamed', { path, formerPath: from ? `${owner}/${from}` : null });
  }
  if (action === 'transferred') {
    const from = changes?.owner?.from.user?.login ?? changes?.owner?.from.organization?.login;
    return repositoryChange('transferred', { path, formerPath: from ? `${from}/${name}` : null });
  }
  if (action === 'edited') {
    const former = changes?.default_branch?.from;
    const defaultBranch = repository.default_branch ?? null;
    return former ? repositoryChange('default_branch', { defaultBranch, formerDefaultBranch: former }) : null;
  }
  const change = [...REPOSITORY_ACTIONS].find((known) => known === action);
  return change ? repositoryChange(change) : null;
}

function rerunOf(check: { head_sha: string; external_id?: string | null | undefined }): DeliveredChange {
  return { kind: 'rerun', externalId: check.external_id || null, commitId: check.head_sha };
}

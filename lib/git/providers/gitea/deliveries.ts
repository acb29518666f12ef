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
import { isHexSignature } from '../signature';

const Person = z.object({ login: Name });
const Envelope = z.object({
  action: Name.nullish(),
  sender: Person.nullish(),
  repository: z.object({ id: Id, full_name: Name }).nullish(),
});

const Push = z.object({
  ref: Name,
  before: CommitOrNone,
  after: CommitOrNone,
  commits: PushedCommits,
  head_commit: z.object({ message: Words }).nullish(),
});

const Deleted = z.object({ ref: Name, ref_type: z.string() });

const Side = z.object({ ref: Name, sha: Commit, repo_id: Id.nullish(), repo: z.object({ id: Id }).nullish() });
const PullRequest = z.object({
  changes: z.object({ ref: z.unknown().optional() }).nullish(),
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

const OPENING_ACTIONS = new Set(['opened', 'synchronized', 'reopened']);
const PULL_REQUEST_ACTIONS = new Set([...OPENING_ACTIONS, 'closed', 'edited']);

/** Gitea and Forgejo. */
export const giteaDeliveries: DeliveryReader = {
  isSigned: ({ headers, body }, secret) => isHexSignature(headers['x-gitea-signature'], body, secret),
  read(request) {
    const event = request.headers['x-gitea-event'];
    if (!event || !/^\w{1,60}$/.test(event)) return null;
    const payload = readBodyJson(request);
    const { action, sender, repository } = parsePayload(Envelope, payload);
    return {
      id: deliveryIdOf(request.headers['x-gitea-delivery'], request.body),
      event,
      action: action ?? null,
      installationId: null,
      sender: sender ? { login: sender.login, isBot: false } : null,
      repository: repository ? { id: repository.id, path: repository.full_name } : null,
      changes: orOther([changeOf(event, action ?? '', payload)]),
      payload,
    };
  },
};

function changeOf(event: string, action: string, payload: unknown): DeliveredChange | null {
  switch (event) {
    case 'push': {
      const { ref, before, after, commits, head_commit: head } = parsePayload(Push, payload);
      return refChange(ref, { before, after }, { files: commits, commitMessage: head?.message ?? null });
    }
    case 'delete': {
      const { ref, ref_type: type } = parsePayload(Deleted, payload);
      const prefix = type === 'branch' ? 'refs/heads/' : type === 'tag' ? 'refs/tags/' : '';
      return refChange(`${prefix}${ref}`, { before: null, after: null });
    }
    case 'pull_request':
    case 'pull_request_sync':
      return PULL_REQUEST_ACTIONS.has(action) ? pullRequestOf(action, payload) : null;
    case 'repository':
      return action === 'deleted' ? repositoryChange('deleted') : null;
    default:
      return null;
  }
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
    isFork: repositoryOf(head) !== repositoryOf(base),
    baseBranch: base.ref,
    headBranch: head.ref,
    headCommitId: head.sha,
    headRef: `refs/pull/${number}/head`,
  };
  return pullRequestChange(facts, OPENING_ACTIONS.has(action) || (action === 'edited' && changes?.ref !== undefined));
}

function repositoryOf({ repo, repo_id: id }: z.infer<typeof Side>): string | undefined {
  return repo?.id ?? id ?? undefined;
}

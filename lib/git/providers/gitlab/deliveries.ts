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
import type { DeliveredChange, DeliveryReader, DeliveryRequest } from '../provider';
import { hmacOf, isSameBytes, isSameText } from '../signature';

/** Standard Webhooks: what is older may have been taken down on the way and sent again. */
const MAX_AGE_SECONDS = 300;
const KEY_PREFIX = 'whsec_';

const Project = z.object({ id: Id, path_with_namespace: Name });
const Envelope = z.object({
  object_kind: z.string().max(60).nullish(),
  event_name: z.string().max(60).nullish(),
  project: Project.nullish(),
  // Events of a group name the project in the envelope itself.
  project_id: Id.nullish(),
  path_with_namespace: Name.nullish(),
  user_username: Name.nullish(),
  user: z.object({ username: Name }).nullish(),
  object_attributes: z.object({ action: Name.nullish() }).nullish(),
});

const Push = z.object({
  ref: Name,
  before: CommitOrNone,
  after: CommitOrNone,
  commits: PushedCommits,
  message: Words.nullish(),
});

const MergeRequest = z.object({
  user: z.object({ username: Name }).nullish(),
  changes: z.object({ target_branch: z.unknown().optional(), draft: z.unknown().optional() }).nullish(),
  object_attributes: z.object({
    iid: z.int().positive(),
    title: Words,
    state: z.string(),
    action: z.string().nullish(),
    oldrev: z.string().nullish(),
    url: WebUrl,
    draft: z.boolean().nullish(),
    work_in_progress: z.boolean().nullish(),
    source_branch: Name,
    target_branch: Name,
    source_project_id: Id.nullish(),
    target_project_id: Id.nullish(),
    last_commit: z.object({ id: Commit }),
  }),
});

const Moved = z.object({ path_with_namespace: Name, old_path_with_namespace: Name.nullish() });

const OPENING_ACTIONS = new Set(['open', 'reopen']);
const MERGE_REQUEST_ACTIONS = new Set([...OPENING_ACTIONS, 'update', 'close', 'merge']);

export const gitlabDeliveries: DeliveryReader = {
  isSigned: isSignedByGitlab,
  read(request) {
    const { headers, body } = request;
    if (!headers['x-gitlab-event']) return null;
    const payload = readBodyJson(request);
    const envelope = parsePayload(Envelope, payload);
    const event = envelope.object_kind ?? envelope.event_name;
    if (!event || !/^\w{1,60}$/.test(event)) return null;
    const login = envelope.user_username ?? envelope.user?.username;
    const id = envelope.project?.id ?? envelope.project_id;
    const path = envelope.project?.path_with_namespace ?? envelope.path_with_namespace;
    return {
      id: deliveryIdOf(headers['idempotency-key'] ?? headers['webhook-id'] ?? headers['x-gitlab-event-uuid'], body),
      event,
      action: envelope.object_attributes?.action ?? null,
      installationId: null,
      // Tokens of projects and groups act under names of this form.
      sender: login ? { login, isBot: /^(?:project|group)_\d+_bot/.test(login) } : null,
      repository: id && path ? { id, path } : null,
      changes: orOther([changeOf(event, payload)]),
      payload,
    };
  },
};

/** A signature where there is one; only a webhook that has no signing token is let in by its secret token alone. */
function isSignedByGitlab({ headers, body }: DeliveryRequest, secret: string): boolean {
  const signatures = headers['webhook-signature'];
  if (signatures === undefined) return isSameText(headers['x-gitlab-token'] ?? '', secret) && secret !== '';
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '' } = headers;
  const key = Buffer.from(secret.slice(secret.startsWith(KEY_PREFIX) ? KEY_PREFIX.length : 0), 'base64');
  const expected = hmacOf(key, `${id}.${timestamp}.`, body);
  const isRight = signatures
    .split(' ')
    .slice(0, 5)
    .map((one) => isSameBytes(Buffer.from(one.startsWith('v1,') ? one.slice(3) : '', 'base64'), expected))
    .includes(true);
  const ageSeconds = /^\d{1,12}$/.test(timestamp) ? Math.abs(Date.now() / 1000 - Number(timestamp)) : Infinity;
  return isRight && ageSeconds <= MAX_AGE_SECONDS && key.length > 0;
}

function changeOf(event: string, payload: unknown): DeliveredChange | null {
  switch (event) {
    case 'push':
    case 'tag_push': {
      const { ref, before, after, commits } = parsePayload(Push, payload);
      return refChange(ref, { before, after }, { files: commits });
    }
    case 'merge_request':
      return mergeRequestOf(payload);
    case 'project_rename':
    case 'project_transfer': {
      const { path_with_namespace: path, old_path_with_namespace: formerPath } = parsePayload(Moved, payload);
      const change = event === 'project_rename' ? 'renamed' : 'transferred';
      return repositoryChange(change, { path, formerPath: formerPath ?? null });
    }
    case 'project_destroy':
      return repositoryChange('deleted');
    default:
      return null;
  }
}

function mergeRequestOf(payload: unknown): DeliveredChange | null {
  const { user, changes, object_attributes: merge } = parsePayload(MergeRequest, payload);
  const action = merge.action ?? '';
  if (!MERGE_REQUEST_ACTIONS.has(action)) return null;
  const isDraft = merge.draft ?? merge.work_in_progress ?? false;
  const isReady = changes?.draft !== undefined && !isDraft;
  const isHeadChanged =
    OPENING_ACTIONS.has(action) || (action === 'update' && Boolean(merge.oldrev || changes?.target_branch || isReady));
  return pullRequestChange(
    {
      number: merge.iid,
      title: merge.title,
      // Who acts opened it only when it opens; GitLab names the author by a number.
      author: action === 'open' ? (user?.username ?? null) : null,
      url: merge.url,
      isOpen: merge.state === 'opened',
      isDraft,
      isFork: merge.source_project_id !== merge.target_project_id,
      baseBranch: merge.target_branch,
      headBranch: merge.source_branch,
      headCommitId: merge.last_commit.id,
      headRef: `refs/merge-requests/${merge.iid}/head`,
    },
    isHeadChanged,
  );
}

import * as z from 'zod';
import {
  deliveryIdOf,
  Id,
  Name,
  orOther,
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

/** Changes of one push that are looked at; Bitbucket lists fewer. */
const MAX_CHANGES = 100;

const Person = z.object({ nickname: Name.nullish(), display_name: Name.nullish(), type: z.string().nullish() });
const Repository = z.object({ uuid: Id, full_name: Name });
const Envelope = z.object({ actor: Person.nullish(), repository: Repository.nullish() });

/** Bitbucket shortens the ids of commits in pull requests to 12 digits. */
const CommitStart = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/i)
  .transform((id) => id.toLowerCase());

const Ref = z.object({
  type: z.string(),
  name: Name,
  target: z.object({ hash: CommitStart, message: Words.nullish() }).nullish(),
});
const Push = z.object({
  push: z.object({
    changes: z
      .array(z.object({ old: Ref.nullish(), new: Ref.nullish(), forced: z.boolean().nullish() }))
      .transform((changes) => changes.slice(0, MAX_CHANGES)),
  }),
});

const Side = z.object({
  branch: z.object({ name: Name }),
  commit: z.object({ hash: CommitStart }).nullish(),
  repository: z.object({ uuid: Id }).nullish(),
});
const PullRequest = z.object({
  pullrequest: z.object({
    id: z.int().positive(),
    title: Words,
    state: z.string(),
    draft: z.boolean().nullish(),
    author: Person.nullish(),
    source: Side,
    destination: Side,
    links: z.object({ html: z.object({ href: WebUrl }) }).nullish(),
  }),
});

const Changed = z.object({ old: Name.nullish(), new: Name.nullish() }).nullish();
const Updated = z.object({
  repository: Repository,
  changes: z.object({ full_name: Changed, name: Changed }).nullish(),
});

const PULL_REQUEST_EVENTS = new Map([
  ['pullrequest:created', true],
  // Its title, its commits or its base: Bitbucket does not say which.
  ['pullrequest:updated', true],
  ['pullrequest:fulfilled', false],
  ['pullrequest:rejected', false],
]);

export const bitbucketCloudDeliveries: DeliveryReader = {
  isSigned: ({ headers, body }, secret) => isHubSignature(headers['x-hub-signature'], body, secret),
  read(request) {
    const event = request.headers['x-event-key'];
    if (!event || !/^[\w:]{1,60}$/.test(event)) return null;
    const payload = readBodyJson(request);
    const { actor, repository } = parsePayload(Envelope, payload);
    const login = actor?.nickname ?? actor?.display_name;
    return {
      id: deliveryIdOf(request.headers['x-request-uuid'], request.body),
      event,
      action: null,
      installationId: null,
      sender: login ? { login, isBot: actor?.type === 'app_user' } : null,
      repository: repository ? { id: repository.uuid, path: repository.full_name } : null,
      changes: orOther(changesOf(event, payload)),
      payload,
    };
  },
};

function changesOf(event: string, payload: unknown): (DeliveredChange | null)[] {
  if (event === 'repo:push') return pushOf(payload);
  const isHeadChanged = PULL_REQUEST_EVENTS.get(event);
  if (isHeadChanged !== undefined) return [pullRequestOf(payload, isHeadChanged)];
  if (event === 'repo:deleted') return [repositoryChange('deleted')];
  if (event === 'repo:updated' || event === 'repo:transfer') return [updatedOf(event, payload)];
  return [];
}

function pushOf(payload: unknown): (DeliveredChange | null)[] {
  return parsePayload(Push, payload).push.changes.map(({ old, new: now, forced }) => {
    const ref = now ?? old;
    if (!ref) return null;
    const prefix = ref.type === 'branch' ? 'refs/heads/' : ref.type.endsWith('tag') ? 'refs/tags/' : '';
    const ends = { before: old?.target?.hash ?? null, after: now?.target?.hash ?? null };
    return refChange(`${prefix}${ref.name}`, ends, {
      isForced: forced === true,
      commitMessage: now?.target?.message ?? null,
    });
  });
}

function updatedOf(event: string, payload: unknown): DeliveredChange | null {
  const { repository, changes } = parsePayload(Updated, payload);
  const path = changes?.full_name?.new ?? repository.full_name;
  const formerPath = changes?.full_name?.old ?? null;
  if (event === 'repo:transfer') return repositoryChange('transferred', { path, formerPath });
  return formerPath ? repositoryChange('renamed', { path, formerPath }) : null;
}

function pullRequestOf(payload: unknown, isHeadChanged: boolean): DeliveredChange | null {
  const { id, title, state, draft, author, source, destination, links } = parsePayload(
    PullRequest,
    payload,
  ).pullrequest;
  // A branch that is gone has no commit any more.
  if (!source.commit) return null;
  const isFork = source.repository?.uuid !== destination.repository?.uuid;
  return pullRequestChange(
    {
      number: id,
      title,
      author: author?.nickname ?? author?.display_name ?? null,
      url: links?.html.href ?? '',
      isOpen: state === 'OPEN',
      isDraft: draft === true,
      isFork,
      baseBranch: destination.branch.name,
      headBranch: source.branch.name,
      headCommitId: source.commit.hash,
      // Bitbucket Cloud keeps no ref for pull requests.
      headRef: isFork ? null : `refs/heads/${source.branch.name}`,
    },
    isHeadChanged,
  );
}

import * as z from 'zod';
import {
  Commit,
  CommitOrNone,
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

const MAX_CHANGES = 100;

const Person = z.object({ name: Name, type: z.string().nullish() });
const Repository = z.object({
  id: Id,
  slug: Name,
  project: z.object({ key: Name }),
  public: z.boolean().nullish(),
  archived: z.boolean().nullish(),
});
const Envelope = z.object({ actor: Person.nullish(), repository: Repository.nullish(), new: Repository.nullish() });

const RefsChanged = z.object({
  changes: z
    .array(z.object({ ref: z.object({ id: Name }), fromHash: CommitOrNone, toHash: CommitOrNone }))
    .transform((changes) => changes.slice(0, MAX_CHANGES)),
});

const Side = z.object({ displayId: Name, latestCommit: Commit, repository: Repository });
const PullRequest = z.object({
  previousTarget: z.unknown().optional(),
  pullRequest: z.object({
    id: z.int().positive(),
    title: Words,
    state: z.string(),
    draft: z.boolean().nullish(),
    author: z.object({ user: Person }).nullish(),
    fromRef: Side,
    toRef: Side,
    links: z
      .object({ self: z.array(z.object({ href: WebUrl }).nullish()) })
      .nullish()
      .catch(null),
  }),
});

const Modified = z.object({ old: Repository, new: Repository });

const HEAD_EVENTS = new Set(['pr:opened', 'pr:from_ref_updated', 'pr:to_ref_updated', 'pr:reopened']);
const PULL_REQUEST_EVENTS = new Set([...HEAD_EVENTS, 'pr:modified', 'pr:merged', 'pr:declined', 'pr:deleted']);

export const bitbucketDataCenterDeliveries: DeliveryReader = {
  isSigned: ({ headers, body }, secret) => isHubSignature(headers['x-hub-signature'], body, secret),
  read(request) {
    const event = request.headers['x-event-key'];
    if (!event || !/^[\w:]{1,60}$/.test(event)) return null;
    const payload = readBodyJson(request);
    const { actor, repository: own, new: changed } = parsePayload(Envelope, payload);
    // Of a pull request it is that of its target.
    const repository = own ?? changed ?? targetOf(event, payload);
    return {
      id: deliveryIdOf(request.headers['x-request-id'], request.body),
      event,
      action: null,
      installationId: null,
      sender: actor ? { login: actor.name, isBot: actor.type === 'SERVICE' } : null,
      repository: repository ? { id: repository.id, path: pathOf(repository) } : null,
      changes: orOther(changesOf(event, payload)),
      payload,
    };
  },
};

function changesOf(event: string, payload: unknown): (DeliveredChange | null)[] {
  if (event === 'diagnostics:ping') return [{ kind: 'ping' }];
  if (event === 'repo:refs_changed') {
    return parsePayload(RefsChanged, payload).changes.map(({ ref, fromHash, toHash }) =>
      refChange(ref.id, { before: fromHash, after: toHash }),
    );
  }
  if (event === 'repo:modified') return modifiedOf(payload);
  return PULL_REQUEST_EVENTS.has(event) ? [pullRequestOf(event, payload)] : [];
}

function targetOf(event: string, payload: unknown): z.infer<typeof Repository> | null {
  return PULL_REQUEST_EVENTS.has(event) ? parsePayload(PullRequest, payload).pullRequest.toRef.repository : null;
}

function modifiedOf(payload: unknown): DeliveredChange[] {
  const { old, new: now } = parsePayload(Modified, payload);
  const changes: DeliveredChange[] = [];
  const [path, formerPath] = [pathOf(now), pathOf(old)];
  if (path !== formerPath) {
    changes.push(
      repositoryChange(old.project.key === now.project.key ? 'renamed' : 'transferred', { path, formerPath }),
    );
  }
  if (Boolean(old.archived) !== Boolean(now.archived)) {
    changes.push(repositoryChange(now.archived ? 'archived' : 'unarchived'));
  }
  if (Boolean(old.public) !== Boolean(now.public)) {
    changes.push(repositoryChange(now.public ? 'publicized' : 'privatized'));
  }
  return changes;
}

function pullRequestOf(event: string, payload: unknown): DeliveredChange {
  const { pullRequest: pull, previousTarget } = parsePayload(PullRequest, payload);
  return pullRequestChange(
    {
      number: pull.id,
      title: pull.title,
      author: pull.author?.user.name ?? null,
      url: pull.links?.self[0]?.href ?? '',
      isOpen: pull.state === 'OPEN' && event !== 'pr:deleted',
      isDraft: pull.draft === true,
      isFork: pull.fromRef.repository.id !== pull.toRef.repository.id,
      baseBranch: pull.toRef.displayId,
      headBranch: pull.fromRef.displayId,
      headCommitId: pull.fromRef.latestCommit,
      headRef: `refs/pull-requests/${pull.id}/from`,
    },
    HEAD_EVENTS.has(event) || (event === 'pr:modified' && previousTarget !== undefined),
  );
}

function pathOf({ project, slug }: z.infer<typeof Repository>): string {
  return `${project.key}/${slug}`;
}

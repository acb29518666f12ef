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
import type { DeliveredChange, DeliveryReader, DeliveryRequest } from '../provider';
import { isSameText } from '../signature';

const MAX_CHANGES = 100;

const Person = z.object({ uniqueName: Name.nullish(), displayName: Name.nullish() });
const Repository = z.object({
  id: Id,
  name: Name,
  project: z.object({ name: Name }).nullish(),
  remoteUrl: WebUrl,
});
const Envelope = z.object({
  id: z.string().max(200).nullish(),
  eventType: z.string().nullish(),
  resource: z
    .object({
      repository: Repository.nullish(),
      pushedBy: Person.nullish(),
      createdBy: Person.nullish(),
      initiatedBy: Person.nullish(),
    })
    .nullish(),
});

const Push = z.object({
  resource: z.object({
    refUpdates: z
      .array(z.object({ name: Name, oldObjectId: CommitOrNone, newObjectId: CommitOrNone }))
      .transform((updates) => updates.slice(0, MAX_CHANGES)),
    commits: z.array(z.object({ comment: Words.nullish() })).nullish(),
  }),
});

const BranchRef = Name.regex(/^refs\/heads\/./).transform((ref) => ref.slice('refs/heads/'.length));
const PullRequest = z.object({
  resource: z.object({
    repository: Repository,
    pullRequestId: z.int().positive(),
    status: z.string(),
    title: Words,
    isDraft: z.boolean().nullish(),
    createdBy: Person.nullish(),
    sourceRefName: BranchRef,
    targetRefName: BranchRef,
    forkSource: z.unknown().optional(),
    lastMergeSourceCommit: z.object({ commitId: Commit }).nullish(),
  }),
});

const Renamed = z.object({ resource: z.object({ repository: Repository, oldName: Name.nullish() }) });

/** Of one that is gone Azure DevOps tells the names alone. */
const Deleted = z.object({
  resource: z.object({
    repositoryId: Id,
    repositoryName: Name,
    project: z.object({ name: Name, url: WebUrl }).nullish(),
  }),
});

const PULL_REQUEST_EVENTS = new Map([
  ['git.pullrequest.created', true],
  // Its commits, its reviewers or its state: Azure DevOps does not say which.
  ['git.pullrequest.updated', true],
  ['git.pullrequest.merged', false],
]);

export const azureDevopsDeliveries: DeliveryReader = {
  isSigned: isOurPassword,
  read(request) {
    const payload = readBodyJson(request);
    const { id, eventType: event, resource } = parsePayload(Envelope, payload);
    if (!event || !/^[\w.-]{1,80}$/.test(event)) return null;
    const actor = resource?.pushedBy ?? resource?.createdBy ?? resource?.initiatedBy;
    const login = actor?.uniqueName ?? actor?.displayName;
    const repository = resource?.repository ?? (event === 'git.repo.deleted' ? deletedOf(payload) : null);
    return {
      id: deliveryIdOf(id ?? undefined, request.body),
      event,
      action: null,
      installationId: null,
      sender: login ? { login, isBot: false } : null,
      repository: repository ? { id: repository.id, path: pathOf(repository) } : null,
      changes: orOther(changesOf(event, payload)),
      payload,
    };
  },
};

/** Azure DevOps signs nothing: the secret is the password of its Basic authentication. The user's name says nothing. */
function isOurPassword({ headers }: DeliveryRequest, secret: string): boolean {
  const [scheme = '', code = ''] = (headers.authorization ?? '').split(' ');
  const pair = Buffer.from(scheme.toLowerCase() === 'basic' ? code : '', 'base64').toString('utf8');
  return isSameText(pair.slice(pair.indexOf(':') + 1), secret) && secret !== '' && pair.includes(':');
}

function changesOf(event: string, payload: unknown): (DeliveredChange | null)[] {
  if (event === 'git.push') return pushOf(payload);
  const isHeadChanged = PULL_REQUEST_EVENTS.get(event);
  if (isHeadChanged !== undefined) return [pullRequestOf(payload, isHeadChanged)];
  if (event === 'git.repo.deleted') return [repositoryChange('deleted')];
  if (event !== 'git.repo.renamed') return [];
  const { repository, oldName } = parsePayload(Renamed, payload).resource;
  const path = pathOf(repository);
  const formerPath = oldName ? [...path.split('/').slice(0, -1), oldName].join('/') : null;
  return [repositoryChange('renamed', { path, formerPath })];
}

function deletedOf(payload: unknown): z.infer<typeof Repository> {
  const { repositoryId: id, repositoryName: name, project } = parsePayload(Deleted, payload).resource;
  const [root, ...rest] = project?.url.split('/_apis/') ?? [];
  const remoteUrl =
    project && rest.length > 0 ? `${root}/${[project.name, '_git', name].map(encodeURIComponent).join('/')}` : '';
  return { id, name, project, remoteUrl };
}

function pushOf(payload: unknown): (DeliveredChange | null)[] {
  const { refUpdates, commits } = parsePayload(Push, payload).resource;
  const commitMessage = commits?.[0]?.comment ?? null;
  return refUpdates.map(({ name, oldObjectId, newObjectId }) =>
    refChange(name, { before: oldObjectId, after: newObjectId }, { commitMessage }),
  );
}

function pullRequestOf(payload: unknown, isHeadChanged: boolean): DeliveredChange | null {
  const pull = parsePayload(PullRequest, payload).resource;
  if (!pull.lastMergeSourceCommit) return null;
  const isFork = Boolean(pull.forkSource);
  const { remoteUrl } = pull.repository;
  return pullRequestChange(
    {
      number: pull.pullRequestId,
      title: pull.title,
      author: pull.createdBy?.uniqueName ?? pull.createdBy?.displayName ?? null,
      url: remoteUrl && `${remoteUrl}/pullrequest/${pull.pullRequestId}`,
      isOpen: pull.status === 'active',
      isDraft: pull.isDraft === true,
      isFork,
      baseBranch: pull.targetRefName,
      headBranch: pull.sourceRefName,
      headCommitId: pull.lastMergeSourceCommit.commitId,
      headRef: isFork ? null : `refs/heads/${pull.sourceRefName}`,
    },
    isHeadChanged && pull.status === 'active',
  );
}

/** Organisation, project and repository, as far as the address tells them. */
function pathOf({ remoteUrl, project, name }: z.infer<typeof Repository>): string {
  const path = URL.canParse(remoteUrl) ? new URL(remoteUrl).pathname : '';
  const parts = path.split('/').filter((part) => part !== '' && part !== '_git');
  try {
    if (parts.length > 1) return parts.map(decodeURIComponent).join('/');
  } catch {
    // Badly encoded: told by names below.
  }
  return project ? `${project.name}/${name}` : name;
}

import { createHmac, randomUUID } from 'node:crypto';
import type { DeliveryRequest, ProviderId } from '@/lib/git/providers/provider';

/** Payloads as the hosts document them, cut to the fields that tell something and with made-up people. */
export const ZEROS = '0'.repeat(40);
export const OLD = `${'a'.repeat(39)}1`;
export const NEW = `${'b'.repeat(39)}2`;

interface Sent {
  event: string;
  payload: unknown;
}

const hubSignature = (body: string, secret: string) => `sha256=${hex(body, secret)}`;
const hex = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex');

/** Headers with which each host sends. */
const HEADERS: Record<ProviderId, (sent: Sent, body: string, secret: string, id: string) => Record<string, string>> = {
  github: ({ event }, body, secret, id) => ({
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-event': event,
    'x-github-delivery': id,
    'x-hub-signature-256': hubSignature(body, secret),
  }),
  gitlab: ({ event }, _body, secret, id) => ({
    'x-gitlab-event': event,
    'x-gitlab-token': secret,
    'idempotency-key': id,
  }),
  bitbucket_cloud: ({ event }, body, secret, id) => ({
    'x-event-key': event,
    'x-request-uuid': id,
    'x-hub-signature': hubSignature(body, secret),
  }),
  bitbucket_data_center: ({ event }, body, secret, id) => ({
    'x-event-key': event,
    'x-request-id': id,
    'x-hub-signature': hubSignature(body, secret),
  }),
  azure_devops: (_sent, _body, secret) => ({
    authorization: `Basic ${Buffer.from(`elder:${secret}`).toString('base64')}`,
  }),
  gitea: ({ event }, body, secret, id) => ({
    'x-gitea-event': event,
    'x-gitea-delivery': id,
    'x-gitea-signature': hex(body, secret),
  }),
};

/** A delivery as the host sends it. */
export function sentBy(
  provider: ProviderId,
  sent: Sent,
  { secret = 'shared', id = randomUUID() }: { secret?: string; id?: string } = {},
): DeliveryRequest & { text: string } {
  const text = JSON.stringify(sent.payload);
  const headers = { 'content-type': 'application/json', ...HEADERS[provider](sent, text, secret, id) };
  return { headers, body: Buffer.from(text), text };
}

const person = (login = 'mona') => ({
  login,
  id: 21,
  type: login.endsWith('[bot]') ? 'Bot' : 'User',
  site_admin: false,
});
const githubRepository = (path = 'acme/shop') => ({
  id: 186853002,
  name: path.split('/')[1],
  full_name: path,
  private: false,
  owner: { ...person('acme'), type: 'Organization' },
  html_url: `https://github.com/${path}`,
  clone_url: `https://github.com/${path}.git`,
  archived: false,
  default_branch: 'main',
});
const githubEnvelope = ({ sender = 'mona', path = 'acme/shop' } = {}) => ({
  repository: githubRepository(path),
  sender: person(sender),
});

export interface PushParts {
  branch?: string;
  ref?: string;
  before?: string;
  after?: string;
  forced?: boolean;
  files?: string[];
  sender?: string;
  path?: string;
}

export const github = {
  ping: (): Sent => ({
    event: 'ping',
    payload: {
      zen: 'Design for failure.',
      hook_id: 1,
      hook: { type: 'Repository', id: 1, events: ['push'], config: { content_type: 'json', secret: '********' } },
      ...githubEnvelope(),
    },
  }),
  push: ({
    branch = 'main',
    ref,
    before = OLD,
    after = NEW,
    forced = false,
    files = [],
    ...who
  }: PushParts = {}): Sent => ({
    event: 'push',
    payload: {
      ref: ref ?? `refs/heads/${branch}`,
      before,
      after,
      created: before === ZEROS,
      deleted: after === ZEROS,
      forced,
      base_ref: null,
      compare: 'https://github.com/acme/shop/compare/a...b',
      commits:
        after === ZEROS
          ? []
          : [
              {
                id: after,
                distinct: true,
                message: 'feat: sell more',
                timestamp: '2026-05-15T15:20:41Z',
                author: { name: 'Mona', email: 'mona@example.com', username: 'mona' },
                added: [],
                removed: [],
                modified: files,
              },
            ],
      head_commit: after === ZEROS ? null : { id: after, message: 'feat: sell more' },
      pusher: { name: 'mona', email: 'mona@example.com' },
      ...githubEnvelope(who),
    },
  }),
  deleted: (refType: string, ref: string): Sent => ({
    event: 'delete',
    payload: { ref, ref_type: refType, pusher_type: 'user', ...githubEnvelope() },
  }),
  pullRequest: (action: string, more: Record<string, unknown> = {}, pull: Record<string, unknown> = {}): Sent => ({
    event: 'pull_request',
    payload: {
      action,
      number: 7,
      pull_request: {
        id: 279147437,
        number: 7,
        html_url: 'https://github.com/acme/shop/pull/7',
        state: 'open',
        title: 'Sell more',
        user: person(),
        body: null,
        draft: false,
        merged: false,
        head: { label: 'acme:more', ref: 'more', sha: NEW, repo: githubRepository() },
        base: { label: 'acme:main', ref: 'main', sha: OLD, repo: githubRepository() },
        ...pull,
      },
      ...githubEnvelope(),
      ...more,
    },
  }),
  repository: (action: string, changes: unknown, path = 'acme/shop'): Sent => ({
    event: 'repository',
    payload: { action, changes, ...githubEnvelope({ path }) },
  }),
  installation: (action: string, installationId = 16598467): Sent => ({
    event: 'installation',
    payload: {
      action,
      installation: { id: installationId, account: person('acme'), app_id: 29310, repository_selection: 'all' },
      sender: person(),
    },
  }),
  rerequested: (what: 'check_run' | 'check_suite'): Sent => ({
    event: what,
    payload: {
      action: 'rerequested',
      [what]: { id: 4, head_sha: NEW, external_id: what === 'check_run' ? 'answer-1' : null, status: 'completed' },
      ...githubEnvelope(),
    },
  }),
  other: (event: string, action: string): Sent => ({ event, payload: { action, ...githubEnvelope() } }),
};

const gitlabProject = (path = 'acme/shop') => ({
  id: 15,
  name: 'Shop',
  web_url: `https://gitlab.com/${path}`,
  git_http_url: `https://gitlab.com/${path}.git`,
  namespace: 'Acme',
  visibility_level: 0,
  path_with_namespace: path,
  default_branch: 'main',
});

export const gitlab = {
  push: ({
    branch = 'main',
    ref,
    before = OLD,
    after = NEW,
    files = [],
    sender = 'mona',
    path,
  }: PushParts = {}): Sent => ({
    event: 'Push Hook',
    payload: {
      object_kind: ref?.startsWith('refs/tags/') ? 'tag_push' : 'push',
      event_name: ref?.startsWith('refs/tags/') ? 'tag_push' : 'push',
      before,
      after,
      ref: ref ?? `refs/heads/${branch}`,
      checkout_sha: after === ZEROS ? null : after,
      message: null,
      user_id: 4,
      user_name: 'Mona',
      user_username: sender,
      user_email: '',
      project_id: 15,
      project: gitlabProject(path),
      commits:
        after === ZEROS
          ? []
          : [
              {
                id: after,
                message: 'feat: sell more',
                title: 'feat: sell more',
                added: files,
                modified: [],
                removed: [],
              },
            ],
      total_commits_count: after === ZEROS ? 0 : 1,
    },
  }),
  mergeRequest: (
    action: string,
    attributes: Record<string, unknown> = {},
    changes: Record<string, unknown> = {},
  ): Sent => ({
    event: 'Merge Request Hook',
    payload: {
      object_kind: 'merge_request',
      event_type: 'merge_request',
      user: { id: 4, name: 'Mona', username: 'mona', email: '[REDACTED]' },
      project: gitlabProject(),
      object_attributes: {
        id: 99,
        iid: 7,
        title: 'Sell more',
        target_branch: 'main',
        source_branch: 'more',
        source_project_id: 15,
        target_project_id: 15,
        author_id: 4,
        state: 'opened',
        draft: false,
        work_in_progress: false,
        last_commit: { id: NEW, message: 'feat: sell more' },
        url: 'https://gitlab.com/acme/shop/-/merge_requests/7',
        action,
        ...attributes,
      },
      changes,
    },
  }),
  projectRename: (from: string, to: string): Sent => ({
    event: 'System Hook',
    payload: {
      created_at: '2026-07-21T07:30:58Z',
      event_name: 'project_rename',
      name: 'Shop',
      path: 'shop',
      path_with_namespace: to,
      project_id: 15,
      old_path_with_namespace: from,
    },
  }),
  /** Signed as by Standard Webhooks. */
  signed: (sent: Sent, key: string, { id = randomUUID(), at = Math.floor(Date.now() / 1000) } = {}) => {
    const text = JSON.stringify(sent.payload);
    const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
    const signature = createHmac('sha256', bytes).update(`${id}.${at}.${text}`).digest('base64');
    return {
      headers: {
        'content-type': 'application/json',
        'x-gitlab-event': sent.event,
        'webhook-id': id,
        'webhook-timestamp': String(at),
        'webhook-signature': `v1,${signature}`,
      },
      body: Buffer.from(text),
    };
  },
};

const cloudRepository = (path = 'acme/shop') => ({
  type: 'repository',
  uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}',
  name: 'Shop',
  full_name: path,
  is_private: true,
  scm: 'git',
});
const cloudActor = { type: 'user', display_name: 'Mona', nickname: 'mona', uuid: '{u}', account_id: '1' };
const cloudBranch = (name: string, hash: string) => ({
  type: 'branch',
  name,
  target: { type: 'commit', hash, message: 'feat: sell more\n' },
});
const cloudSide = (name: string, hash: string) => ({
  branch: { name },
  commit: { hash: hash.slice(0, 12) },
  repository: cloudRepository(),
});

export const bitbucketCloud = {
  push: ({ branch = 'main', before = OLD, after = NEW, forced = false }: PushParts = {}): Sent => ({
    event: 'repo:push',
    payload: {
      actor: cloudActor,
      repository: cloudRepository(),
      push: {
        changes: [
          {
            old: before === ZEROS ? null : cloudBranch(branch, before),
            new: after === ZEROS ? null : cloudBranch(branch, after),
            created: before === ZEROS,
            closed: after === ZEROS,
            forced,
            truncated: false,
          },
        ],
      },
    },
  }),
  pullRequest: (event: string, state = 'OPEN'): Sent => ({
    event,
    payload: {
      actor: cloudActor,
      repository: cloudRepository(),
      pullrequest: {
        id: 7,
        title: 'Sell more',
        description: '',
        state,
        draft: false,
        author: cloudActor,
        source: cloudSide('more', NEW),
        destination: cloudSide('main', OLD),
        links: { html: { href: 'https://bitbucket.org/acme/shop/pull-requests/7' } },
      },
    },
  }),
  updated: (from: string, to: string): Sent => ({
    event: 'repo:updated',
    payload: {
      actor: cloudActor,
      repository: cloudRepository(to),
      changes: { name: { old: 'shop', new: 'store' }, full_name: { old: from, new: to } },
    },
  }),
};

const centerRepository = (slug = 'shop', more: Record<string, unknown> = {}) => ({
  slug,
  id: 84,
  name: slug,
  scmId: 'git',
  state: 'AVAILABLE',
  forkable: true,
  project: { key: 'PROJ', id: 84, name: 'project', public: false, type: 'NORMAL' },
  public: false,
  archived: false,
  ...more,
});
const centerActor = {
  name: 'mona',
  emailAddress: 'mona@example.com',
  id: 1,
  displayName: 'Mona',
  active: true,
  slug: 'mona',
  type: 'NORMAL',
};
const centerRef = (branch: string, commit: string) => ({
  id: `refs/heads/${branch}`,
  displayId: branch,
  latestCommit: commit,
  repository: centerRepository(),
});

export const bitbucketDataCenter = {
  ping: (): Sent => ({ event: 'diagnostics:ping', payload: { test: true } }),
  push: ({ branch = 'main', before = OLD, after = NEW }: PushParts = {}): Sent => ({
    event: 'repo:refs_changed',
    payload: {
      eventKey: 'repo:refs_changed',
      date: '2026-09-19T09:45:32+1000',
      actor: centerActor,
      repository: centerRepository(),
      changes: [
        {
          ref: { id: `refs/heads/${branch}`, displayId: branch, type: 'BRANCH' },
          refId: `refs/heads/${branch}`,
          fromHash: before,
          toHash: after,
          type: before === ZEROS ? 'ADD' : after === ZEROS ? 'DELETE' : 'UPDATE',
        },
      ],
    },
  }),
  pullRequest: (event: string, more: Record<string, unknown> = {}, state = 'OPEN'): Sent => ({
    event,
    payload: {
      eventKey: event,
      date: '2026-09-19T09:58:11+1000',
      actor: centerActor,
      pullRequest: {
        id: 7,
        version: 1,
        title: 'Sell more',
        state,
        open: state === 'OPEN',
        closed: state !== 'OPEN',
        draft: false,
        fromRef: centerRef('more', NEW),
        toRef: centerRef('main', OLD),
        author: { user: centerActor, role: 'AUTHOR', approved: false },
        // Data Center writes null here where it does not know its own address.
        links: { self: [null] },
      },
      ...more,
    },
  }),
  modified: (old: Record<string, unknown>, now: Record<string, unknown>): Sent => ({
    event: 'repo:modified',
    payload: {
      eventKey: 'repo:modified',
      date: '2026-09-19T09:51:20+1000',
      actor: centerActor,
      old: { ...centerRepository(), ...old },
      new: { ...centerRepository(), ...now },
    },
  }),
};

const azureRepository = {
  id: '278d5cd2-584d-4b63-824a-2ba458937249',
  name: 'shop',
  url: 'https://dev.azure.com/acme/_apis/git/repositories/278d5cd2-584d-4b63-824a-2ba458937249',
  project: { id: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', name: 'Web Shop', state: 'wellFormed' },
  defaultBranch: 'refs/heads/main',
  remoteUrl: 'https://dev.azure.com/acme/Web%20Shop/_git/shop',
};
const azurePerson = { displayName: 'Mona', uniqueName: 'mona@example.com', id: '54d125f7-69f7-4191-904f-c5b96b6261c8' };

export const azureDevops = {
  push: ({ branch = 'main', before = OLD, after = NEW }: PushParts = {}, id: string = randomUUID()): Sent => ({
    event: 'git.push',
    payload: {
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      notificationId: 1,
      id,
      eventType: 'git.push',
      publisherId: 'tfs',
      message: { text: 'Mona pushed updates to shop:main.' },
      resource: {
        commits: [{ commitId: after, author: { name: 'Mona', email: 'mona@example.com' }, comment: 'feat: sell more' }],
        refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: before, newObjectId: after }],
        repository: azureRepository,
        pushedBy: azurePerson,
        pushId: 14,
      },
      resourceVersion: '1.0',
    },
  }),
  pullRequest: (eventType: string, status = 'active', more: Record<string, unknown> = {}): Sent => ({
    event: eventType,
    payload: {
      id: randomUUID(),
      eventType,
      publisherId: 'tfs',
      resource: {
        repository: azureRepository,
        pullRequestId: 7,
        status,
        createdBy: azurePerson,
        title: 'Sell more',
        isDraft: false,
        sourceRefName: 'refs/heads/more',
        targetRefName: 'refs/heads/main',
        mergeStatus: 'succeeded',
        lastMergeSourceCommit: { commitId: NEW },
        lastMergeTargetCommit: { commitId: OLD },
        ...more,
      },
    },
  }),
  renamed: (oldName: string): Sent => ({
    event: 'git.repo.renamed',
    payload: {
      id: randomUUID(),
      eventType: 'git.repo.renamed',
      publisherId: 'tfs',
      resource: {
        oldName,
        newName: azureRepository.name,
        repository: azureRepository,
        initiatedBy: azurePerson,
        utcTimestamp: '2026-09-19T09:51:20.0000000Z',
      },
      resourceVersion: '1.0-preview.1',
    },
  }),
  deleted: (): Sent => ({
    event: 'git.repo.deleted',
    payload: {
      id: randomUUID(),
      eventType: 'git.repo.deleted',
      publisherId: 'tfs',
      resource: {
        project: {
          ...azureRepository.project,
          url: `https://dev.azure.com/acme/_apis/projects/${azureRepository.project.id}`,
        },
        repositoryId: azureRepository.id,
        repositoryName: azureRepository.name,
        isHardDelete: false,
        initiatedBy: azurePerson,
        utcTimestamp: '2026-09-19T09:51:20.0000000Z',
      },
      resourceVersion: '1.0-preview.1',
    },
  }),
};

const giteaRepository = (path = 'acme/shop') => ({
  id: 35,
  name: path.split('/')[1],
  full_name: path,
  private: false,
  html_url: `https://git.example.com/${path}`,
  clone_url: `https://git.example.com/${path}.git`,
  default_branch: 'main',
  archived: false,
});
const giteaPerson = { id: 1, login: 'mona', full_name: '', email: 'mona@example.com', username: 'mona' };

export const gitea = {
  push: ({ branch = 'main', ref, before = OLD, after = NEW, files = [], path }: PushParts = {}): Sent => ({
    event: 'push',
    payload: {
      ref: ref ?? `refs/heads/${branch}`,
      before,
      after,
      compare_url: '',
      commits: [{ id: after, message: 'feat: sell more\n', added: files, removed: [], modified: [] }],
      total_commits: 1,
      head_commit: { id: after, message: 'feat: sell more\n' },
      repository: giteaRepository(path),
      pusher: giteaPerson,
      sender: giteaPerson,
    },
  }),
  deleted: (refType: string, ref: string): Sent => ({
    event: 'delete',
    payload: { ref, ref_type: refType, pusher_type: 'user', repository: giteaRepository(), sender: giteaPerson },
  }),
  pullRequest: (action: string, pull: Record<string, unknown> = {}): Sent => ({
    event: 'pull_request',
    payload: {
      action,
      number: 7,
      pull_request: {
        id: 12,
        number: 7,
        user: giteaPerson,
        title: 'Sell more',
        html_url: 'https://git.example.com/acme/shop/pulls/7',
        state: 'open',
        draft: false,
        merged: false,
        base: { label: 'main', ref: 'main', sha: OLD, repo_id: 35, repo: giteaRepository() },
        head: { label: 'more', ref: 'more', sha: NEW, repo_id: 35, repo: giteaRepository() },
        ...pull,
      },
      repository: giteaRepository(),
      sender: giteaPerson,
    },
  }),
};

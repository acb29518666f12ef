import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '@/lib/errors';
import {
  azureDevops,
  bitbucketCloud,
  bitbucketDataCenter,
  gitea,
  github,
  gitlab,
  NEW,
  OLD,
  sentBy,
  ZEROS,
} from '@/tests/support/providers/deliveries';
import { DELIVERY_READERS } from './delivery-readers';
import { type DeliveredChange, type DeliveryRequest, PROVIDER_IDS, type ProviderId } from './provider';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const PUSHES = {
  github: github.push,
  gitlab: gitlab.push,
  bitbucket_cloud: bitbucketCloud.push,
  bitbucket_data_center: bitbucketDataCenter.push,
  azure_devops: azureDevops.push,
  gitea: gitea.push,
};

function read(provider: ProviderId, sent: { event: string; payload: unknown }) {
  return DELIVERY_READERS[provider].read(sentBy(provider, sent));
}

function changes(provider: ProviderId, sent: { event: string; payload: unknown }): readonly DeliveredChange[] {
  return read(provider, sent)?.changes ?? [];
}

describe.each(PROVIDER_IDS)('a delivery of %s', (provider) => {
  const { isSigned, read: readDelivery } = DELIVERY_READERS[provider];
  const push = () => sentBy(provider, PUSHES[provider]({}), { secret: SECRET });

  test('is signed with its secret and no other', () => {
    expect(isSigned(push(), SECRET)).toBe(true);
    expect(isSigned(push(), `${SECRET}x`)).toBe(false);
    expect(isSigned(push(), '')).toBe(false);
    expect(isSigned(sentBy(provider, PUSHES[provider]({}), { secret: '' }), '')).toBe(false);
  });

  test('without its headers is not signed', () => {
    expect(isSigned({ ...push(), headers: { 'content-type': 'application/json' } }, SECRET)).toBe(false);
  });

  test('is signed for its bytes', () => {
    if (provider === 'gitlab' || provider === 'azure_devops') return expect(provider).toMatch(/gitlab|azure/);
    const { headers, body } = push();
    expect(isSigned({ headers, body: Buffer.concat([body, Buffer.from(' ')]) }, SECRET)).toBe(false);
  });

  test.each<[string, { before?: string; after?: string }, { before: string | null; after: string | null }]>([
    ['a push', {}, { before: OLD, after: NEW }],
    ['a branch that was made', { before: ZEROS }, { before: null, after: NEW }],
    ['a branch that was deleted', { after: ZEROS }, { before: OLD, after: null }],
  ])('tells of %s', (_, parts, expected) => {
    expect(changes(provider, PUSHES[provider](parts))).toEqual([
      expect.objectContaining({ kind: 'push', branch: 'main', ...expected }),
    ]);
  });

  test('names who pushed, and where', () => {
    const delivery = read(provider, PUSHES[provider]({}));

    expect(delivery?.sender).toEqual({ login: expect.stringMatching(/^mona/), isBot: false });
    expect(delivery?.repository).toEqual({ id: expect.any(String), path: expect.stringMatching(/shop$/) });
    expect(delivery?.id).toMatch(/^[\w-]{20,}$/);
  });

  test('whose body is no JSON is refused', () => {
    const request = { ...push(), body: Buffer.from('{"ref":') };
    expect(() => readDelivery(request)).toThrow(/no JSON/);
    expect(() => readDelivery({ ...push(), body: Buffer.from([0xff, 0xfe]) })).toThrow(/no JSON/);
  });

  test('throws nothing but `invalid_request`, whatever JSON it is', () => {
    const { headers } = push();
    const events = ['push', 'pull_request', 'repository', 'delete', 'check_run', 'Push Hook', 'repo:push'];
    const more = ['repo:refs_changed', 'repo:modified', 'pr:opened', 'pullrequest:created', 'repo:updated'];
    const names = ['git.push', 'git.pullrequest.created', 'merge_request', 'tag_push', 'project_rename'];
    const event = fc.constantFrom(...events, ...more, ...names);
    fc.assert(
      fc.property(event, fc.jsonValue(), jsonLike(), (name, any, near) => {
        for (const payload of [any, near]) {
          const request = withEvent(headers, name, payload);
          try {
            expect(readDelivery(request)?.changes.length ?? 1).toBeGreaterThan(0);
          } catch (error) {
            if (!isAppError(error) || error.code !== 'invalid_request') throw error;
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** JSON that has the names of real payloads at the wrong places. */
function jsonLike() {
  const names = ['ref', 'before', 'after', 'commits', 'repository', 'id', 'full_name', 'sender', 'login', 'push'];
  const deeper = ['changes', 'old', 'new', 'resource', 'refUpdates', 'pull_request', 'head', 'base', 'object_kind'];
  const key = fc.constantFrom(...names, ...deeper, 'object_attributes', 'project', 'eventType', 'pullRequest');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 5 }, fc.jsonValue({ maxDepth: 1 }), fc.dictionary(key, tie('tree'), { maxKeys: 6 })),
  }));
  return tree;
}

function withEvent(headers: DeliveryRequest['headers'], event: string, payload: unknown): DeliveryRequest {
  const names = { 'x-github-event': event, 'x-gitlab-event': event, 'x-event-key': event, 'x-gitea-event': event };
  const body =
    payload !== null && typeof payload === 'object' ? { object_kind: event, eventType: event, ...payload } : payload;
  return { headers: { ...headers, ...names }, body: Buffer.from(JSON.stringify(body)) };
}

describe('GitHub', () => {
  test('is not believed by SHA-1 alone', () => {
    const { headers, body } = sentBy('github', github.push(), { secret: SECRET });
    const { 'x-hub-signature-256': signature = '', ...others } = headers;
    const old = { ...others, 'x-hub-signature': signature.replace('sha256', 'sha1') };
    expect(DELIVERY_READERS.github.isSigned({ headers: old, body }, SECRET)).toBe(false);
  });

  test('may send a form', () => {
    const { headers, text } = sentBy('github', github.push());
    const body = Buffer.from(new URLSearchParams({ payload: text }).toString());
    const form = { headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body };
    expect(DELIVERY_READERS.github.read(form)?.changes).toMatchObject([{ kind: 'push', branch: 'main' }]);
  });

  test('tells what a push changed and that it was forced', () => {
    expect(changes('github', github.push({ files: ['src/a.ts', 'src/b.ts'], forced: true }))).toEqual([
      {
        kind: 'push',
        branch: 'main',
        before: OLD,
        after: NEW,
        isForced: true,
        files: ['src/a.ts', 'src/b.ts'],
        commitMessage: 'feat: sell more',
      },
    ]);
  });

  test('keeps slashes in names of branches and tags', () => {
    expect(changes('github', github.push({ branch: 'team/a/b' }))).toMatchObject([{ branch: 'team/a/b' }]);
    expect(changes('github', github.push({ ref: 'refs/tags/v1/2' }))).toEqual([
      { kind: 'tag', name: 'v1/2', after: NEW },
    ]);
    expect(changes('github', github.push({ ref: 'refs/notes/x' }))).toEqual([{ kind: 'other' }]);
    expect(changes('github', github.deleted('branch', 'old'))).toMatchObject([{ branch: 'old', after: null }]);
    expect(changes('github', github.deleted('tag', 'v0'))).toEqual([{ kind: 'tag', name: 'v0', after: null }]);
  });

  test.each([
    ['opened', {}, true],
    ['synchronize', {}, true],
    ['reopened', {}, true],
    ['ready_for_review', {}, true],
    ['closed', {}, false],
    ['converted_to_draft', {}, false],
    ['edited', { changes: { title: { from: 'x' } } }, false],
    ['edited', { changes: { base: { ref: { from: 'next' } } } }, true],
  ])('tells of a pull request that was %s %o', (action, more, isHeadChanged) => {
    expect(changes('github', github.pullRequest(action, more))).toEqual([
      {
        kind: 'pull_request',
        isHeadChanged,
        pullRequest: {
          number: 7,
          title: 'Sell more',
          author: 'mona',
          url: 'https://github.com/acme/shop/pull/7',
          isOpen: true,
          isDraft: false,
          isFork: false,
          baseBranch: 'main',
          headBranch: 'more',
          headCommitId: NEW,
          headRef: 'refs/pull/7/head',
        },
      },
    ]);
  });

  test('takes a pull request for one from elsewhere when its repository is another one, or gone', () => {
    const fork = { head: { ref: 'more', sha: NEW, repo: { id: 9 } } };
    const gone = { head: { ref: 'more', sha: NEW, repo: null } };
    for (const pull of [fork, gone]) {
      const [change] = changes('github', github.pullRequest('opened', {}, pull));
      expect(change).toMatchObject({ pullRequest: { isFork: true } });
    }
  });

  test('leads to web pages only', () => {
    const pull = { html_url: 'javascript:alert(1)' };
    expect(changes('github', github.pullRequest('opened', {}, pull))).toMatchObject([{ pullRequest: { url: '' } }]);
  });

  test.each([
    ['renamed', { repository: { name: { from: 'old' } } }, { path: 'acme/shop', formerPath: 'acme/old' }],
    ['transferred', { owner: { from: { user: { login: 'mona' } } } }, { path: 'acme/shop', formerPath: 'mona/shop' }],
    ['archived', {}, {}],
    ['unarchived', {}, {}],
    ['deleted', {}, {}],
    ['privatized', {}, {}],
    ['publicized', {}, {}],
  ])('tells of a repository that was %s', (action, parts, expected) => {
    expect(changes('github', github.repository(action, parts))).toMatchObject([
      { kind: 'repository', change: action, ...expected },
    ]);
  });

  test('tells of another default branch', () => {
    const edited = github.repository('edited', { default_branch: { from: 'master' } });
    expect(changes('github', edited)).toMatchObject([
      { kind: 'repository', change: 'default_branch', defaultBranch: 'main', formerDefaultBranch: 'master' },
    ]);
    expect(changes('github', github.repository('edited', { description: { from: 'x' } }))).toEqual([{ kind: 'other' }]);
  });

  test.each([
    ['created', 'created'],
    ['deleted', 'deleted'],
    ['suspend', 'suspended'],
    ['unsuspend', 'unsuspended'],
    ['new_permissions_accepted', 'permissions'],
  ])('tells of an installation: %s', (action, change) => {
    expect(read('github', github.installation(action))).toMatchObject({
      installationId: '16598467',
      repository: null,
      changes: [{ kind: 'installation', change }],
    });
  });

  test('tells of checks that shall run again, and of no others', () => {
    expect(changes('github', github.rerequested('check_run'))).toEqual([
      { kind: 'rerun', externalId: 'answer-1', commitId: NEW },
    ]);
    expect(changes('github', github.rerequested('check_suite'))).toEqual([
      { kind: 'rerun', externalId: null, commitId: NEW },
    ]);
    expect(changes('github', github.other('check_run', 'completed'))).toEqual([{ kind: 'other' }]);
    expect(changes('github', github.other('status', 'x'))).toEqual([{ kind: 'other' }]);
  });

  test('knows its own ping, and bots by their kind', () => {
    expect(changes('github', github.ping())).toEqual([{ kind: 'ping' }]);
    expect(read('github', github.push({ sender: 'elder[bot]' }))?.sender).toEqual({ login: 'elder[bot]', isBot: true });
  });

  test('names the fields that are missing', () => {
    const sent = { event: 'push', payload: { ref: 'refs/heads/main', before: 'x' } };
    expect(() => read('github', sent)).toThrow(/before/);
  });
});

describe('GitLab', () => {
  const { isSigned } = DELIVERY_READERS.gitlab;

  test('signs by Standard Webhooks', () => {
    expect(isSigned(gitlab.signed(gitlab.push(), SECRET), SECRET)).toBe(true);
    const { headers, body } = gitlab.signed(gitlab.push(), SECRET);
    expect(isSigned({ headers, body: Buffer.concat([body, Buffer.from(' ')]) }, SECRET)).toBe(false);
    expect(isSigned({ headers: { ...headers, 'webhook-id': 'other' }, body }, SECRET)).toBe(false);
    const list = { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` };
    expect(isSigned({ headers: list, body }, SECRET)).toBe(true);
  });

  test.each([-301, 301, Number.NaN])('is not believed %d seconds off', (offset) => {
    const at = Math.floor(Date.now() / 1000) + offset;
    expect(isSigned(gitlab.signed(gitlab.push(), SECRET, { at }), SECRET)).toBe(false);
  });

  test('is not believed by its token where its signature is wrong', () => {
    const { headers, body } = gitlab.signed(gitlab.push(), SECRET);
    const wrong = { ...headers, 'webhook-signature': 'v1,AAAA', 'x-gitlab-token': SECRET };
    expect(isSigned({ headers: wrong, body }, SECRET)).toBe(false);
  });

  test.each([
    ['open', {}, {}, true],
    ['reopen', {}, {}, true],
    ['update', { oldrev: OLD }, {}, true],
    ['update', {}, { title: { previous: 'x', current: 'y' } }, false],
    ['update', {}, { target_branch: { previous: 'x', current: 'main' } }, true],
    ['update', {}, { draft: { previous: true, current: false } }, true],
    ['close', { state: 'closed' }, {}, false],
    ['merge', { state: 'merged' }, {}, false],
  ])('tells of a merge request: %s %o %o', (action, attributes, parts, isHeadChanged) => {
    expect(changes('gitlab', gitlab.mergeRequest(action, attributes, parts))).toMatchObject([
      {
        kind: 'pull_request',
        isHeadChanged,
        pullRequest: { number: 7, isOpen: !('state' in attributes), headRef: 'refs/merge-requests/7/head' },
      },
    ]);
  });

  test('says nothing of approvals, and tells of tags and of projects that moved', () => {
    expect(changes('gitlab', gitlab.mergeRequest('approved'))).toEqual([{ kind: 'other' }]);
    expect(changes('gitlab', gitlab.push({ ref: 'refs/tags/v1' }))).toEqual([{ kind: 'tag', name: 'v1', after: NEW }]);
    expect(read('gitlab', gitlab.projectRename('acme/old', 'acme/shop'))).toMatchObject({
      repository: { id: '15', path: 'acme/shop' },
      changes: [{ kind: 'repository', change: 'renamed', path: 'acme/shop', formerPath: 'acme/old' }],
    });
  });

  test('acts by itself under the names of its tokens', () => {
    const sender = 'project_15_bot_4ffca233d8298ea1';
    expect(read('gitlab', gitlab.push({ sender }))?.sender).toEqual({ login: sender, isBot: true });
  });
});

describe('Bitbucket Cloud', () => {
  test.each([
    ['pullrequest:created', 'OPEN', true],
    ['pullrequest:updated', 'OPEN', true],
    ['pullrequest:fulfilled', 'MERGED', false],
    ['pullrequest:rejected', 'DECLINED', false],
  ])('tells of a pull request: %s', (event, state, isHeadChanged) => {
    expect(changes('bitbucket_cloud', bitbucketCloud.pullRequest(event, state))).toMatchObject([
      {
        kind: 'pull_request',
        isHeadChanged,
        pullRequest: {
          number: 7,
          isOpen: state === 'OPEN',
          headRef: 'refs/heads/more',
          headCommitId: NEW.slice(0, 12),
        },
      },
    ]);
  });

  test('tells of a repository that was renamed, and of each branch of a push', () => {
    expect(changes('bitbucket_cloud', bitbucketCloud.updated('acme/old', 'acme/shop'))).toMatchObject([
      { change: 'renamed', path: 'acme/shop', formerPath: 'acme/old' },
    ]);
    const { event, payload } = bitbucketCloud.push({ branch: 'one', forced: true });
    const other = bitbucketCloud.push({ branch: 'two' }).payload as typeof payload;
    const both = structuredClone(payload) as { push: { changes: unknown[] } };
    both.push.changes.push(...(other as typeof both).push.changes);
    expect(changes('bitbucket_cloud', { event, payload: both })).toMatchObject([
      { branch: 'one', isForced: true },
      { branch: 'two', isForced: false },
    ]);
  });
});

describe('Bitbucket Data Center', () => {
  test.each([
    ['pr:opened', {}, true],
    ['pr:from_ref_updated', { previousFromHash: OLD }, true],
    ['pr:modified', { previousTitle: 'x' }, false],
    ['pr:modified', { previousTarget: { id: 'refs/heads/next' } }, true],
    ['pr:merged', {}, false],
  ])('tells of a pull request: %s %o', (event, more, isHeadChanged) => {
    const sent = bitbucketDataCenter.pullRequest(event, more);
    expect(read('bitbucket_data_center', sent)).toMatchObject({
      repository: { id: '84', path: 'PROJ/shop' },
      changes: [
        { kind: 'pull_request', isHeadChanged, pullRequest: { url: '', headRef: 'refs/pull-requests/7/from' } },
      ],
    });
  });

  test.each([
    [{ slug: 'old' }, {}, { change: 'renamed', formerPath: 'PROJ/old', path: 'PROJ/shop' }],
    [{ project: { key: 'OLD' } }, {}, { change: 'transferred', formerPath: 'OLD/shop' }],
    [{}, { archived: true }, { change: 'archived' }],
    [{ archived: true }, {}, { change: 'unarchived' }],
    [{}, { public: true }, { change: 'publicized' }],
  ])('tells how a repository was modified: %o → %o', (old, now, expected) => {
    expect(changes('bitbucket_data_center', bitbucketDataCenter.modified(old, now))).toMatchObject([expected]);
  });

  test('pings', () => {
    expect(changes('bitbucket_data_center', bitbucketDataCenter.ping())).toEqual([{ kind: 'ping' }]);
  });
});

describe('Azure DevOps', () => {
  test.each([
    ['git.pullrequest.created', 'active', true],
    ['git.pullrequest.updated', 'active', true],
    ['git.pullrequest.updated', 'completed', false],
    ['git.pullrequest.merged', 'active', false],
  ])('tells of a pull request: %s, %s', (event, status, isHeadChanged) => {
    expect(changes('azure_devops', azureDevops.pullRequest(event, status))).toMatchObject([
      {
        kind: 'pull_request',
        isHeadChanged,
        pullRequest: {
          number: 7,
          isOpen: status === 'active',
          url: 'https://dev.azure.com/acme/Web%20Shop/_git/shop/pullrequest/7',
        },
      },
    ]);
  });

  test.each([
    [{}, 'refs/heads/more'],
    [{ forkSource: { name: 'refs/heads/more' } }, null],
  ])('knows where the head of a pull request is, unless it is in a fork: %j', (more, headRef) => {
    expect(changes('azure_devops', azureDevops.pullRequest('git.pullrequest.created', 'active', more))).toMatchObject([
      { pullRequest: { isFork: headRef === null, headRef } },
    ]);
  });

  test('names its repository by the address', () => {
    expect(read('azure_devops', azureDevops.push())?.repository?.path).toBe('acme/Web Shop/shop');
  });

  test('tells that its repository was renamed, or deleted', () => {
    const repository = { id: '278d5cd2-584d-4b63-824a-2ba458937249', path: 'acme/Web Shop/shop' };

    expect(read('azure_devops', azureDevops.renamed('store'))).toMatchObject({
      repository,
      sender: { login: 'mona@example.com' },
      changes: [{ change: 'renamed', path: 'acme/Web Shop/shop', formerPath: 'acme/Web Shop/store' }],
    });
    expect(read('azure_devops', azureDevops.deleted())).toMatchObject({
      repository,
      sender: { login: 'mona@example.com' },
      changes: [{ kind: 'repository', change: 'deleted' }],
    });
  });

  test('names its deliveries itself', () => {
    expect(read('azure_devops', azureDevops.push({}, 'aaaa-1'))?.id).toBe('aaaa-1');
  });
});

describe('Gitea', () => {
  test.each([
    ['opened', {}, true],
    ['synchronized', {}, true],
    ['closed', { state: 'closed' }, false],
    ['edited', {}, false],
    ['label_updated', {}, null],
  ])('tells of a pull request that was %s', (action, pull, isHeadChanged) => {
    const expected = isHeadChanged === null ? { kind: 'other' } : { kind: 'pull_request', isHeadChanged };
    expect(changes('gitea', gitea.pullRequest(action, pull))).toMatchObject([expected]);
  });

  test('tells of deleted branches and changed files', () => {
    expect(changes('gitea', gitea.deleted('branch', 'old'))).toMatchObject([{ branch: 'old', after: null }]);
    expect(changes('gitea', gitea.push({ files: ['a.ts'] }))).toMatchObject([{ files: ['a.ts'] }]);
  });
});

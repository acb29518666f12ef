import { type Answered, type Asked, type Route, startFakeServer } from './fake-server';
import { type FakeHost, type Hosted, hosted, LOGIN, REVIEWED, TOKEN } from './hosted';

const error = (status: number, message: string, typeKey: string): Answered => ({
  status,
  body: { $id: '1', innerException: null, message, typeName: typeKey, typeKey, errorCode: 0, eventId: 3000 },
});
const NOT_FOUND = error(404, 'TF401019: The Git repository does not exist.', 'GitRepositoryNotFoundException');
const BASIC = `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`;
const EXPIRED_TOKEN = `${TOKEN}-of-last-year`;
const EXPIRED = `Basic ${Buffer.from(`:${EXPIRED_TOKEN}`).toString('base64')}`;
const REPOSITORY = '/elders/The%20Castle/_apis/git/repositories/castle';
const STATUS_STATES = ['notSet', 'pending', 'succeeded', 'failed', 'error', 'notApplicable'];
interface Subscription {
  publisherId: string;
  consumerId: string;
  consumerInputs: object;
}

/** Kinds of event that are offered in a preview alone. */
const PREVIEWED = /^git\.repo\./;
const NEXT = 'x-ms-continuationtoken';

/** The REST API 7.1 of Azure DevOps, as its reference tells. */
export async function startFakeAzureDevops(): Promise<FakeHost & { expiredToken: string }> {
  const held = hosted();
  const server = await startFakeServer((url) => routesOf(url, held), refuse, NOT_FOUND);
  return Object.assign(server, { held, token: TOKEN, expiredToken: EXPIRED_TOKEN });
}

function refuse({ headers, query, method }: Asked): Answered | null {
  if (headers.authorization === EXPIRED) {
    const message = 'Access Denied: The Personal Access Token used has expired.';
    return {
      ...error(401, message, 'AccessCheckException'),
      headers: { 'x-tfs-serviceerror': encodeURIComponent(message) },
    };
  }
  if (headers.authorization !== BASIC) {
    const isTold = headers['x-tfs-fedauthredirect'] === 'Suppress';
    return isTold ? { status: 401, body: '' } : { status: 203, body: '<html>Sign in</html>' };
  }
  if (method !== 'GET' && !query.has('api-version')) {
    return error(400, 'No api-version was supplied for the request.', 'VssVersionNotSpecifiedException');
  }
  return null;
}

function routesOf(url: string, held: Hosted): Route[] {
  let nextId = 1;
  const repository = {
    id: '5febef5a-833d-4e14-b9c0-14cb638f91e6',
    name: 'castle',
    defaultBranch: 'refs/heads/main',
    size: 123_456,
    isDisabled: false,
    project: { id: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', name: 'The Castle', visibility: 'private' },
    remoteUrl: 'https://elders@dev.azure.com/elders/The%20Castle/_git/castle',
    sshUrl: 'git@ssh.dev.azure.com:v3/elders/The%20Castle/castle',
    webUrl: `${url}/elders/The%20Castle/_git/castle`,
  };
  const pullOf = (row: Hosted['pullRequests'][number]) => ({
    pullRequestId: row.number,
    title: row.title,
    status: row.isOpen ? 'active' : 'completed',
    isDraft: row.isDraft,
    description: 'Why.',
    creationDate: REVIEWED.openedAt,
    ...(!row.isOpen && { closedDate: REVIEWED.mergedAt, lastMergeCommit: { commitId: REVIEWED.mergeCommitId } }),
    reviewers: [
      { uniqueName: REVIEWED.approvedBy, vote: 10 },
      { uniqueName: REVIEWED.rejectedBy, vote: -10 },
      { uniqueName: 'vstfs:///group', vote: 10, isContainer: true },
    ],
    createdBy: { displayName: row.author, uniqueName: row.author, id: 'p' },
    sourceRefName: `refs/heads/${row.headBranch}`,
    targetRefName: 'refs/heads/main',
    lastMergeSourceCommit: { commitId: row.headCommitId },
    ...(row.isFork && { forkSource: { name: 'refs/heads/x', repository: { id: 'fork' } } }),
  });
  const listed = (value: readonly unknown[], headers: Record<string, string> = {}): Answered => {
    return { body: { value, count: value.length }, headers };
  };
  /** Goes on by a token that only the host reads. */
  const continued = (items: readonly unknown[], { query }: Asked): Answered => {
    const top = Number(query.get('$top') ?? 100);
    const start = Number(Buffer.from(query.get('continuationToken') ?? '', 'base64url').toString() || 0);
    const hasMore = start + top < items.length;
    return listed(
      items.slice(start, start + top),
      hasMore ? { [NEXT]: Buffer.from(String(start + top)).toString('base64url') } : {},
    );
  };
  const skipped = (items: readonly unknown[], { query }: Asked): Answered => {
    const skip = Number(query.get('$skip') ?? 0);
    return listed(items.slice(skip, skip + Number(query.get('$top') ?? 100)));
  };
  return [
    [
      'GET',
      /^\/_apis\/profile\/profiles\/me$/,
      () => ({ body: { id: 'me-1', displayName: 'The Guardian', emailAddress: LOGIN, publicAlias: 'me-1' } }),
    ],
    [
      'GET',
      /^\/_apis\/accounts$/,
      ({ query }) =>
        query.get('memberId') === 'me-1' ? listed([{ accountId: 'a', accountName: 'elders' }]) : NOT_FOUND,
    ],
    [
      'GET',
      /^\/elders\/_apis\/projects$/,
      (asked) => continued([{ id: 'x', name: 'The Castle', visibility: 'private' }], asked),
    ],
    [
      'GET',
      /^\/elders\/_apis\/projects\/The%20Castle$/,
      () => ({ body: { ...repository.project, defaultTeam: { id: 'team-1', name: 'The Castle Team' } } }),
    ],
    [
      'GET',
      new RegExp(`^/elders/_apis/projects/${repository.project.id}/teams/team-1/members$`),
      (asked) =>
        skipped(
          held.members.map((row) => ({ identity: { displayName: row.login, uniqueName: row.email } })),
          asked,
        ),
    ],
    ['GET', /^\/elders\/The%20Castle\/_apis\/git\/repositories$/, () => listed([repository])],
    ['GET', new RegExp(`^${REPOSITORY}$`), () => ({ body: repository })],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/refs$`),
      (asked) => {
        if (asked.query.get('filter') !== 'heads/') return error(400, 'A filter is missing', 'ArgumentException');
        return continued(
          held.branches.map((row) => ({ name: `refs/heads/${row.name}`, objectId: row.commitId })),
          asked,
        );
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/diffs/commits$`),
      ({ query }) => {
        if (query.get('baseVersion') !== held.base || query.get('targetVersion') !== held.head) return NOT_FOUND;
        const item = (path: string, isFolder = false) => ({
          path: `/${path}`,
          gitObjectType: isFolder ? 'tree' : 'blob',
          ...(isFolder && { isFolder }),
        });
        return {
          body: {
            allChangesIncluded: true,
            changeCounts: { Edit: held.files.length },
            changes: [
              { item: item('src', true), changeType: 'edit' },
              ...held.files.map((path) => ({ item: item(path), changeType: 'edit' })),
            ],
            commonCommit: held.mergeBase,
            baseCommit: held.base,
            targetCommit: held.head,
            aheadCount: 1,
            behindCount: 2,
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pullrequests$`),
      (asked) => {
        const status = asked.query.get('searchCriteria.status') ?? 'active';
        const isAsked = ({ isOpen }: Hosted['pullRequests'][number]) =>
          status === 'all' || status === (isOpen ? 'active' : 'completed');
        return skipped(held.pullRequests.filter(isAsked).map(pullOf), asked);
      },
    ],
    [
      'GET',
      /^\/elders\/The%20Castle\/_apis\/git\/policy\/configurations$/,
      ({ query }) => {
        if (query.get('repositoryId') !== repository.id) return listed([]);
        const policy = (id: string, settings: object, more: object = {}) => ({
          ...{ id: 1, isEnabled: true, isBlocking: true, type: { id, displayName: '' }, settings, ...more },
        });
        return listed([
          policy('fa4e907d-c16b-4a4c-9dfa-4906e5d171dd', { minimumApproverCount: 2, resetOnSourcePush: true }),
          policy('0609b952-1397-4640-95ec-e00a01b2c241', { buildDefinitionId: 5, displayName: 'ci' }),
          policy('fd2167ab-b0be-447a-8ec8-39368250530e', { requiredReviewerIds: ['x'] }, { isBlocking: false }),
        ]);
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pullrequests/(\\d+)$`),
      ({ params }) => {
        const row = held.pullRequests.find(({ number }) => number === Number(params[0]));
        return row ? { body: pullOf(row) } : NOT_FOUND;
      },
    ],
    [
      'GET',
      /^\/elders\/_apis\/hooks\/subscriptions$/,
      ({ query }) => {
        const kept = [...held.hooks].map(([id, hook]) => ({ id, ...(hook as Subscription) }));
        const value = kept
          .filter(
            ({ publisherId, consumerId }) =>
              publisherId === query.get('publisherId') && consumerId === query.get('consumerId'),
          )
          .map((one) => ({ ...one, consumerInputs: { ...one.consumerInputs, basicAuthPassword: '********' } }));
        return { body: { count: value.length, value } };
      },
    ],
    [
      'POST',
      /^\/elders\/_apis\/hooks\/subscriptions$/,
      ({ body }) => {
        const { publisherInputs, consumerInputs, eventType, resourceVersion } = body;
        if (
          publisherInputs?.repository !== repository.id ||
          !publisherInputs.projectId ||
          !consumerInputs?.url ||
          !eventType ||
          resourceVersion !== (PREVIEWED.test(eventType) ? '1.0-preview.1' : '1.0')
        ) {
          return error(400, 'The subscription is not complete.', 'SubscriptionInputException');
        }
        const id = `00000000-0000-4000-8000-${String(nextId++).padStart(12, '0')}`;
        held.hooks.set(id, body);
        return { body: { id, ...body, status: 'enabled' } };
      },
    ],
    [
      'PUT',
      /^\/elders\/_apis\/hooks\/subscriptions\/([\w-]+)$/,
      ({ params: [id = ''], body }) => {
        if (!held.hooks.has(id)) return NOT_FOUND;
        held.hooks.set(id, body);
        return { body: { id, ...body } };
      },
    ],
    [
      'DELETE',
      /^\/elders\/_apis\/hooks\/subscriptions\/([\w-]+)$/,
      ({ params: [id = ''] }) => (held.hooks.delete(id) ? { status: 204 } : NOT_FOUND),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/commits/([0-9a-f]{40})/statuses$`),
      ({ params: [commit = ''], body }) => {
        if (!STATUS_STATES.includes(body.state) || !body.context?.name)
          return error(400, 'The status is not valid.', 'InvalidArgumentValueException');
        held.states.set(`${commit} ${body.context.genre}/${body.context.name}`, body);
        return { status: 201, body: { id: nextId++, ...body } };
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pullRequests/(\\d+)/iterations$`),
      ({ params }) => {
        const row = held.pullRequests.find(({ number }) => number === Number(params[0]));
        if (!row) return NOT_FOUND;
        const iteration = (id: number, commitId: string) => ({ id, sourceRefCommit: { commitId }, reason: 'push' });
        return listed([iteration(1, 'e'.repeat(40)), iteration(2, row.headCommitId)]);
      },
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/pullRequests/(\\d+)/statuses$`),
      ({ params: [number = ''], body }) => {
        if (!held.pullRequests.some((row) => row.number === Number(number))) return NOT_FOUND;
        if (
          !STATUS_STATES.includes(body.state) ||
          !body.context?.name ||
          !(body.iterationId >= 1 && body.iterationId <= 2)
        )
          return error(400, 'The status is not valid.', 'InvalidArgumentValueException');
        held.reports.set(`${number} ${body.iterationId} ${body.context.genre}/${body.context.name}`, {
          report: body,
          annotations: [],
        });
        return { body: { id: nextId++, ...body } };
      },
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/pullRequests/(\\d+)/threads$`),
      ({ params: [number = ''], body }) => {
        const id = nextId++;
        held.comments.set(`${id}/1`, { text: body.comments[0].content, number: Number(number), version: 0 });
        return {
          body: {
            id,
            status: body.status,
            comments: [{ id: 1, parentCommentId: 0, content: body.comments[0].content }],
          },
        };
      },
    ],
    [
      'PATCH',
      new RegExp(`^${REPOSITORY}/pullRequests/(\\d+)/threads/(\\d+)/comments/(\\d+)$`),
      ({ params: [, thread = '', id = ''], body }) => {
        const comment = held.comments.get(`${thread}/${id}`);
        if (!comment) return NOT_FOUND;
        comment.text = body.content;
        return { body: { id: Number(id), content: body.content } };
      },
    ],
  ];
}

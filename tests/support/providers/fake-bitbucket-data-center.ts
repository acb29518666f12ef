import { type Answered, type Asked, type Route, startFakeServer } from './fake-server';
import { type FakeHost, type Hosted, hosted, LOGIN, REVIEWED, TOKEN } from './hosted';

const error = (status: number, message: string, exceptionName: string): Answered => ({
  status,
  body: { errors: [{ context: null, message, exceptionName: `com.atlassian.bitbucket.${exceptionName}` }] },
});
const NOT_FOUND = error(404, 'It does not exist.', 'NoSuchEntityException');
const INSIGHTS = '/rest/insights/latest/projects/ELD/repos/castle/commits';
const REPOSITORY = '/rest/api/latest/projects/ELD/repos/castle';

/** Bitbucket Data Center 8, as its REST reference tells. Strangers may look at public projects. */
export async function startFakeBitbucketDataCenter(): Promise<FakeHost> {
  const held = hosted();
  const server = await startFakeServer((url) => routesOf(url, held), refuse, NOT_FOUND);
  return Object.assign(server, { held, token: TOKEN });
}

function refuse({ headers: { authorization }, path }: Asked): Answered | null {
  if (authorization === `Bearer ${TOKEN}`) return null;
  if (authorization !== undefined)
    return error(401, 'Authentication failed.', 'auth.IncorrectPasswordAuthenticationException');
  return path === '/rest/api/latest/projects'
    ? null
    : error(401, 'You are not permitted to access this resource', 'AuthorisationException');
}

function routesOf(url: string, held: Hosted): Route[] {
  let nextId = 1;
  const known = { 'x-ausername': LOGIN, 'x-auserid': '3' };
  const repository = {
    id: 42,
    slug: 'castle',
    name: 'Castle',
    project: { key: 'ELD', name: 'The Elders', type: 'NORMAL' },
    public: false,
    archived: false,
    links: {
      self: [{ href: `${url}/projects/ELD/repos/castle/browse` }],
      clone: [
        { name: 'ssh', href: 'ssh://git@bitbucket.example.com:7999/eld/castle.git' },
        { name: 'http', href: `${url}/scm/eld/castle.git` },
      ],
    },
  };
  const refOf = (displayId: string, latestCommit: string, id = 42) => ({
    id: `refs/heads/${displayId}`,
    displayId,
    latestCommit,
    repository: { id },
  });
  const pullOf = (row: Hosted['pullRequests'][number]) => ({
    id: row.number,
    version: 1,
    title: row.title,
    state: row.isOpen ? 'OPEN' : 'MERGED',
    open: row.isOpen,
    closed: !row.isOpen,
    draft: row.isDraft,
    description: 'Why.',
    createdDate: Date.parse(REVIEWED.openedAt),
    ...(!row.isOpen && {
      closedDate: Date.parse(REVIEWED.mergedAt),
      properties: { mergeCommit: { id: REVIEWED.mergeCommitId } },
    }),
    reviewers: [
      { user: { name: REVIEWED.approvedBy }, role: 'REVIEWER', status: 'APPROVED' },
      { user: { name: REVIEWED.rejectedBy }, role: 'REVIEWER', status: 'NEEDS_WORK' },
      { user: { name: 'kai' }, role: 'REVIEWER', status: 'UNAPPROVED' },
    ],
    author: { user: { name: row.author, displayName: row.author } },
    fromRef: refOf(row.headBranch, row.headCommitId, row.isFork ? 77 : 42),
    toRef: refOf('main', held.base),
    links: { self: [{ href: `${url}/projects/ELD/repos/castle/pull-requests/${row.number}` }] },
  });
  const paged = (items: readonly unknown[], { query }: Asked): Answered => {
    const limit = Math.min(Number(query.get('limit') ?? 25), 1000);
    const start = Number(query.get('start') ?? 0);
    const values = items.slice(start, start + limit);
    const isLastPage = start + limit >= items.length;
    return {
      headers: known,
      body: { size: values.length, limit, start, isLastPage, values, nextPageStart: isLastPage ? null : start + limit },
    };
  };
  return [
    [
      'GET',
      /^\/rest\/api\/latest\/projects$/,
      (asked) => {
        const answer = paged([{ key: 'ELD', id: 1, name: 'The Elders', type: 'NORMAL', public: true }], asked);
        return asked.headers.authorization ? answer : { body: answer.body };
      },
    ],
    ['GET', /^\/rest\/api\/latest\/projects\/ELD\/repos$/, (asked) => paged([repository], asked)],
    ['GET', new RegExp(`^${REPOSITORY}$`), () => ({ body: repository })],
    ['GET', new RegExp(`^${REPOSITORY}/default-branch$`), () => ({ body: refOf('main', held.base) })],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/branches$`),
      (asked) =>
        paged(
          held.branches.map((row) => ({ ...refOf(row.name, row.commitId), isDefault: row.name === 'main' })),
          asked,
        ),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/compare/changes$`),
      (asked) => {
        if (asked.query.get('from') !== held.head || asked.query.get('to') !== held.base) return NOT_FOUND;
        const at = (path: string) => ({ components: path.split('/'), name: path, toString: path });
        return paged(
          held.files.map((path) => ({ contentId: 'x', path: at(path), type: 'MODIFY', nodeType: 'FILE' })),
          asked,
        );
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/commits/([0-9a-f]{40})/merge-base$`),
      ({ query, params }) =>
        params[0] === held.head && query.get('otherCommitId') === held.base
          ? { body: { id: held.mergeBase, displayId: held.mergeBase.slice(0, 11) } }
          : NOT_FOUND,
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/permissions/users$`),
      (asked) =>
        paged([{ user: { name: 'mallory', emailAddress: 'mallory@example.com' }, permission: 'REPO_WRITE' }], asked),
    ],
    [
      'GET',
      /^\/rest\/api\/latest\/projects\/ELD\/permissions\/users$/,
      (asked) =>
        paged([{ user: { name: LOGIN, emailAddress: 'guardian@example.com' }, permission: 'PROJECT_ADMIN' }], asked),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pull-requests$`),
      (asked) =>
        paged(
          held.pullRequests
            .filter(({ isOpen }) => ['ALL', isOpen ? 'OPEN' : 'MERGED'].includes(asked.query.get('state') ?? 'OPEN'))
            .map(pullOf),
          asked,
        ),
    ],
    [
      'GET',
      /^\/rest\/branch-permissions\/latest\/projects\/ELD\/repos\/castle\/restrictions$/,
      (asked) =>
        paged(
          [
            { id: 1, type: 'fast-forward-only', matcher: { id: 'refs/heads/main', type: { id: 'BRANCH' } } },
            { id: 2, type: 'pull-request-only', matcher: { id: 'ma*', type: { id: 'PATTERN' } } },
            { id: 3, type: 'no-deletes', matcher: { id: 'refs/heads/other', type: { id: 'BRANCH' } } },
          ],
          asked,
        ),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/settings/pull-requests$`),
      () => ({
        body: {
          requiredApprovers: { enable: true, count: 2 },
          requiredSuccessfulBuilds: { enable: false, count: 1 },
          unapproveOnUpdate: true,
        },
      }),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pull-requests/(\\d+)$`),
      ({ params }) => {
        const row = held.pullRequests.find(({ number }) => number === Number(params[0]));
        return row ? { body: pullOf(row) } : NOT_FOUND;
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/webhooks$`),
      (asked) =>
        paged(
          [...held.hooks].map(([id, hook]) => ({ id: Number(id), ...(hook as object), configuration: {} })),
          asked,
        ),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/webhooks$`),
      ({ body }) => {
        if (!body.name || !body.url || !body.events?.length)
          return error(400, 'Invalid webhook', 'ArgumentValidationException');
        const id = nextId++;
        held.hooks.set(String(id), body);
        return { status: 201, body: { id, ...body } };
      },
    ],
    [
      'PUT',
      new RegExp(`^${REPOSITORY}/webhooks/(\\d+)$`),
      ({ params: [id = ''], body }) => {
        if (!held.hooks.has(id)) return NOT_FOUND;
        held.hooks.set(id, body);
        return { body: { id: Number(id), ...body } };
      },
    ],
    [
      'DELETE',
      new RegExp(`^${REPOSITORY}/webhooks/(\\d+)$`),
      ({ params: [id = ''] }) => (held.hooks.delete(id) ? { status: 204 } : NOT_FOUND),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/commits/([0-9a-f]{40})/builds$`),
      ({ params: [commit = ''], body }) => {
        const isKnown = ['INPROGRESS', 'SUCCESSFUL', 'FAILED', 'CANCELLED', 'UNKNOWN'].includes(body.state);
        if (!isKnown || !body.key || !body.url) return error(400, 'Bad build status', 'ArgumentValidationException');
        held.states.set(`${commit} ${body.key}`, body);
        return { status: 204 };
      },
    ],
    [
      'PUT',
      new RegExp(`^${INSIGHTS}/([0-9a-f]{40})/reports/([^/]+)$`),
      ({ params: [commit, key], body }) => {
        const isResult = body.result === undefined || ['PASS', 'FAIL'].includes(body.result);
        if (!isResult || !(body.title?.length <= 450) || !(body.details?.length <= 2_000))
          return error(400, 'Bad report', 'ArgumentValidationException');
        const { annotations = [] } = held.reports.get(`${commit} ${key}`) ?? {};
        held.reports.set(`${commit} ${key}`, { report: body, annotations });
        return { body: { key, ...body } };
      },
    ],
    [
      'DELETE',
      new RegExp(`^${INSIGHTS}/([0-9a-f]{40})/reports/([^/]+)/annotations$`),
      ({ params: [commit, key] }) => {
        const kept = held.reports.get(`${commit} ${key}`);
        kept?.annotations.splice(0);
        return kept ? { status: 204 } : NOT_FOUND;
      },
    ],
    [
      'POST',
      new RegExp(`^${INSIGHTS}/([0-9a-f]{40})/reports/([^/]+)/annotations$`),
      ({ params: [commit, key], body }) => {
        const kept = held.reports.get(`${commit} ${key}`);
        if (!kept) return NOT_FOUND;
        const rows = body.annotations as Record<string, string | number>[];
        const isWhole = (row: (typeof rows)[number]) =>
          ['LOW', 'MEDIUM', 'HIGH'].includes(String(row.severity)) &&
          String(row.message).length <= 2_000 &&
          typeof row.line === 'number';
        const isTooMany = kept.annotations.length + rows.length > 1_000;
        if (isTooMany || !rows.every(isWhole)) return error(400, 'Bad annotations', 'ArgumentValidationException');
        kept.annotations.push(...rows);
        return { status: 204 };
      },
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/pull-requests/(\\d+)/comments$`),
      ({ params: [number = ''], body }) => {
        const id = String(nextId++);
        held.comments.set(id, { text: body.text, number: Number(number), version: 0 });
        return { status: 201, body: { id: Number(id), version: 0, text: body.text } };
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pull-requests/(\\d+)/comments/(\\d+)$`),
      ({ params: [, id = ''] }) => {
        const comment = held.comments.get(id);
        return comment ? { body: { id: Number(id), version: comment.version, text: comment.text } } : NOT_FOUND;
      },
    ],
    [
      'PUT',
      new RegExp(`^${REPOSITORY}/pull-requests/(\\d+)/comments/(\\d+)$`),
      ({ params: [, id = ''], body }) => {
        const comment = held.comments.get(id);
        if (!comment) return NOT_FOUND;
        if (body.version !== comment.version)
          return error(409, 'The comment was changed meanwhile.', 'comment.CommentOutOfDateException');
        Object.assign(comment, { text: body.text, version: comment.version + 1 });
        return { body: { id: Number(id), version: comment.version, text: body.text } };
      },
    ],
  ];
}

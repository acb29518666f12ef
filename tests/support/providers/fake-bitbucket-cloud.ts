import { type Answered, type Asked, type Route, startFakeServer } from './fake-server';
import { type FakeHost, type Hosted, hosted, LOGIN, REVIEWED, TOKEN } from './hosted';

const error = (status: number, message: string, detail?: object): Answered => ({
  status,
  body: { type: 'error', error: { message, ...(detail && { detail }) } },
});
const NOT_FOUND = error(404, 'Resource not found');
const USERNAME = 'guardian@example.com';
const BASIC = `Basic ${Buffer.from(`${USERNAME}:${TOKEN}`).toString('base64')}`;
const API = '/api/2.0';
const REPOSITORY = `${API}/repositories/elders/castle`;
const UUID = '{0d2a6f9e-7a3b-4c7f-9d3c-1f2e3d4c5b6a}';

/** The REST API 2.0 of Bitbucket Cloud, as its reference tells. */
export async function startFakeBitbucketCloud(): Promise<FakeHost> {
  const held = hosted();
  const server = await startFakeServer((url) => routesOf(url, held), refuse, NOT_FOUND);
  return Object.assign(server, { held, token: TOKEN, username: USERNAME });
}

/** An access token of the repository belongs to nobody: what is a person's is refused to it. */
function refuse({ path, headers: { authorization } }: Asked): Answered | null {
  if (authorization === `Bearer ${TOKEN}`) {
    const isOfPerson = path === `${API}/user` || path === `${API}/user/workspaces`;
    const detail = { required: ['account'], granted: ['repository', 'pullrequest:write', 'webhook'] };
    return isOfPerson ? error(403, 'Your credentials lack one or more required privilege scopes.', detail) : null;
  }
  return authorization === BASIC ? null : error(401, 'Token is invalid, expired, or not supported for this endpoint.');
}

const PARTICIPANTS = [
  { user: { nickname: REVIEWED.approvedBy }, role: 'REVIEWER', approved: true, state: 'approved' },
  { user: { nickname: REVIEWED.rejectedBy }, role: 'REVIEWER', approved: false, state: 'changes_requested' },
];

/** Of the query language where it is used, which then stands alone. */
function stateOf({ query }: Asked): string[] {
  const q = query.get('q');
  return q === null ? query.getAll('state') : [...q.matchAll(/\bstate = "(\w+)"/g)].map(([, state = '']) => state);
}

function routesOf(url: string, held: Hosted): Route[] {
  let nextId = 1;
  const repository = {
    type: 'repository',
    uuid: UUID,
    full_name: 'elders/castle',
    is_private: true,
    mainbranch: { name: 'main', type: 'branch' },
    parent: null,
    size: 123_456,
    updated_on: '2026-11-01T10:00:00.123456+00:00',
    links: {
      html: { href: `${url}/elders/castle` },
      clone: [
        { name: 'https', href: 'https://guardian@bitbucket.org/elders/castle.git' },
        { name: 'ssh', href: 'git@bitbucket.org:elders/castle.git' },
      ],
    },
  };
  const pullOf = (row: Hosted['pullRequests'][number]) => ({
    type: 'pullrequest',
    id: row.number,
    title: row.title,
    state: row.isOpen ? 'OPEN' : 'MERGED',
    draft: row.isDraft,
    description: 'Why.',
    created_on: REVIEWED.openedAt,
    updated_on: '2026-10-20T00:00:00Z',
    merge_commit: row.isOpen ? null : { hash: REVIEWED.mergeCommitId.slice(0, 12), date: REVIEWED.mergedAt },
    author: { nickname: row.author, display_name: row.author, uuid: '{a}' },
    links: { html: { href: `${url}/elders/castle/pull-requests/${row.number}` } },
    source: {
      branch: { name: row.headBranch },
      // As the host does: twelve characters of it.
      commit: { hash: row.headCommitId.slice(0, 12) },
      repository: row.isFork
        ? { uuid: '{fork}', full_name: 'mallory/castle' }
        : { uuid: UUID, full_name: 'elders/castle' },
    },
    destination: {
      branch: { name: 'main' },
      commit: { hash: held.base.slice(0, 12) },
      repository: { uuid: UUID, full_name: 'elders/castle' },
    },
  });
  const paged = (items: readonly unknown[], { query, path }: Asked, most = 100): Answered => {
    const pagelen = Number(query.get('pagelen') ?? 10);
    if (pagelen < 1 || pagelen > most) return error(400, 'Invalid pagelen');
    const page = Number(query.get('page') ?? 1);
    const next = new URLSearchParams(query);
    next.set('page', String(page + 1));
    const hasMore = page * pagelen < items.length;
    return {
      body: {
        pagelen,
        page,
        size: items.length,
        values: items.slice((page - 1) * pagelen, page * pagelen),
        ...(hasMore && { next: `${url}${path}?${next}` }),
      },
    };
  };
  const isRange = (spec: string) => spec === `${held.head}..${held.base}`;
  return [
    [
      'GET',
      /^\/api\/2\.0\/user$/,
      () => ({
        body: { type: 'user', nickname: LOGIN, display_name: 'The Guardian', uuid: '{me}', account_id: '1:2' },
        headers: { 'x-oauth-scopes': 'repository:write, pullrequest:write, webhook, account' },
      }),
    ],
    [
      'GET',
      /^\/api\/2\.0\/user\/workspaces$/,
      (asked) =>
        paged([{ administrator: true, workspace: { slug: 'elders', name: 'The Elders', uuid: '{w}' } }], asked),
    ],
    ['GET', /^\/api\/2\.0\/repositories\/elders$/, (asked) => paged([repository], asked)],
    ['GET', new RegExp(`^${REPOSITORY}$`), () => ({ body: repository })],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/refs/branches$`),
      (asked) =>
        paged(
          held.branches.map(({ name, commitId }) => ({ name, type: 'branch', target: { hash: commitId } })),
          asked,
        ),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/diffstat/([^/]+)$`),
      (asked) => {
        if (!isRange(asked.params[0] ?? '')) return NOT_FOUND;
        const file = (path: string) => ({ type: 'commit_file', path });
        const rows = held.files.map((path, at) => ({
          type: 'diffstat',
          status: 'modified',
          old: at === 0 ? null : file(path),
          new: file(path),
        }));
        return paged(rows, asked, 5000);
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/merge-base/([^/]+)$`),
      ({ params }) => (isRange(params[0] ?? '') ? { body: { type: 'commit', hash: held.mergeBase } } : NOT_FOUND),
    ],
    [
      'GET',
      /^\/api\/2\.0\/repositories\/(?:elders|mallory)\/castle\/commit\/([0-9a-f]{7,40})$/,
      ({ params: [start = ''] }) => {
        const found = held.branches.find(({ commitId }) => commitId.startsWith(start));
        return found ? { body: { type: 'commit', hash: found.commitId } } : NOT_FOUND;
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/permissions-config/users$`),
      (asked) =>
        paged(
          held.members.map((row) => ({
            type: 'repository_user_permission',
            permission: row.canPush ? 'write' : 'read',
            user: { nickname: row.login },
          })),
          asked,
        ),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pullrequests$`),
      (asked) =>
        paged(
          held.pullRequests
            .filter(({ isOpen }) => stateOf(asked).includes(isOpen ? 'OPEN' : 'MERGED'))
            .map((row) => ({
              ...pullOf(row),
              ...(asked.query.get('fields')?.includes('+values.participants') && { participants: PARTICIPANTS }),
            })),
          asked,
          50,
        ),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/branch-restrictions$`),
      (asked) => {
        const row = { branch_match_kind: 'glob', pattern: 'ma*', value: null };
        const rows = [
          { ...row, kind: 'force' },
          { ...row, kind: 'require_approvals_to_merge', value: 2 },
          { ...row, kind: 'delete', branch_match_kind: 'branching_model', branch_type: 'production', pattern: '' },
          { ...row, kind: 'require_passing_builds_to_merge', pattern: 'release/*', value: 3 },
        ];
        return paged(rows, asked);
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/branching-model$`),
      () => ({ body: { production: { branch: { name: 'main' } }, development: null, branch_types: [] } }),
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
      new RegExp(`^${REPOSITORY}/hooks$`),
      (asked) =>
        paged(
          [...held.hooks].map(([uuid, hook]) => ({ uuid, ...(hook as object), secret: undefined, secret_set: true })),
          asked,
        ),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/hooks$`),
      ({ body }) => {
        if (!body.url || !Array.isArray(body.events) || body.events.length === 0)
          return error(400, 'url: required key not provided');
        const uuid = `{hook-${nextId++}}`;
        held.hooks.set(uuid, body);
        return { status: 201, body: { uuid, type: 'webhook_subscription', url: body.url } };
      },
    ],
    [
      'PUT',
      new RegExp(`^${REPOSITORY}/hooks/([^/]+)$`),
      ({ params: [id = ''], body }) => {
        if (!held.hooks.has(id)) return NOT_FOUND;
        held.hooks.set(id, body);
        return { body: { uuid: id } };
      },
    ],
    [
      'DELETE',
      new RegExp(`^${REPOSITORY}/hooks/([^/]+)$`),
      ({ params: [id = ''] }) => (held.hooks.delete(id) ? { status: 204 } : NOT_FOUND),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/commit/([0-9a-f]{40})/statuses/build$`),
      ({ params: [commit = ''], body }) => {
        const isKnown = ['INPROGRESS', 'SUCCESSFUL', 'FAILED', 'STOPPED'].includes(body.state);
        if (!isKnown || !body.key || body.key.length > 40 || !body.url) return error(400, 'Bad request');
        held.states.set(`${commit} ${body.key}`, body);
        return { status: 201, body: { type: 'build', ...body } };
      },
    ],
    [
      'DELETE',
      new RegExp(`^${REPOSITORY}/commit/([0-9a-f]{40})/reports/([^/]+)$`),
      ({ params: [commit, key] }) => (held.reports.delete(`${commit} ${key}`) ? { status: 204 } : NOT_FOUND),
    ],
    [
      'PUT',
      new RegExp(`^${REPOSITORY}/commit/([0-9a-f]{40})/reports/([^/]+)$`),
      ({ params: [commit, key], body }) => {
        const isKnown = ['SECURITY', 'COVERAGE', 'TEST', 'BUG'].includes(body.report_type);
        const isResult = body.result === undefined || ['PASSED', 'FAILED', 'PENDING', 'SKIPPED'].includes(body.result);
        const fits = body.title?.length <= 450 && body.details?.length <= 2_000;
        if (!isKnown || !isResult || !fits) return error(400, 'Bad request');
        const { annotations = [] } = held.reports.get(`${commit} ${key}`) ?? {};
        held.reports.set(`${commit} ${key}`, { report: body, annotations });
        return { body: { type: 'report', ...body } };
      },
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/commit/([0-9a-f]{40})/reports/([^/]+)/annotations$`),
      ({ params: [commit, key], body }) => {
        const kept = held.reports.get(`${commit} ${key}`);
        if (!kept) return NOT_FOUND;
        const rows = body as Record<string, string | number>[];
        if (rows.length > 100 || kept.annotations.length + rows.length > 1_000)
          return error(400, 'Too many annotations');
        const isWhole = (row: (typeof rows)[number]) =>
          ['VULNERABILITY', 'CODE_SMELL', 'BUG'].includes(String(row.annotation_type)) &&
          String(row.summary).length <= 450 &&
          String(row.details).length <= 2_000 &&
          Number(row.line) > 0;
        const ids = new Set([...kept.annotations, ...rows].map(({ external_id: id }) => id));
        if (!rows.every(isWhole) || ids.size < kept.annotations.length + rows.length) return error(400, 'Bad request');
        kept.annotations.push(...rows);
        return { body: rows };
      },
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/pullrequests/(\\d+)/comments$`),
      ({ params: [number = ''], body }) => {
        const id = String(nextId++);
        held.comments.set(id, { text: body.content.raw, number: Number(number), version: 0 });
        return { status: 201, body: { type: 'pullrequest_comment', id: Number(id), content: body.content } };
      },
    ],
    [
      'PUT',
      new RegExp(`^${REPOSITORY}/pullrequests/(\\d+)/comments/(\\d+)$`),
      ({ params: [, id = ''], body }) => {
        const known = held.comments.get(id);
        if (!known) return NOT_FOUND;
        known.text = body.content.raw;
        return { body: { type: 'pullrequest_comment', id: Number(id), content: body.content } };
      },
    ],
  ];
}

import { type Answered, type Asked, type Route, startFakeServer } from './fake-server';
import { type FakeHost, type Hosted, hosted, LOGIN, REVIEWED, TOKEN } from './hosted';

const MOST = 50;
const NOT_FOUND = { status: 404, body: { errors: [], message: "The target couldn't be found.", url: '/api/swagger' } };
const REPOSITORY = '/api/v1/repos/elders/castle';

/** Gitea 1.22, as its Swagger document tells. */
export async function startFakeGitea(): Promise<FakeHost> {
  const held = hosted();
  const server = await startFakeServer((url) => routesOf(url, held), refuse, NOT_FOUND);
  return Object.assign(server, { held, token: TOKEN });
}

function refuse({ path, headers }: Asked): Answered | null {
  if (!path.startsWith('/api/v1/') || headers.authorization === `token ${TOKEN}`) return null;
  return { status: 401, body: { message: 'invalid username, password or token', url: '/api/swagger' } };
}

function routesOf(url: string, held: Hosted): Route[] {
  let nextId = 1;
  const repository = {
    id: 42,
    full_name: 'elders/castle',
    clone_url: `${url}/elders/castle.git`,
    html_url: `${url}/elders/castle`,
    default_branch: 'main',
    empty: false,
    private: true,
    archived: false,
    fork: false,
    size: 120,
    updated_at: '2026-11-01T10:00:00Z',
    permissions: { admin: true, push: true, pull: true },
  };
  const pullOf = (row: Hosted['pullRequests'][number]) => ({
    number: row.number,
    title: row.title,
    user: { login: row.author },
    html_url: `${url}/elders/castle/pulls/${row.number}`,
    state: row.isOpen ? 'open' : 'closed',
    draft: row.isDraft,
    body: 'Why.',
    created_at: REVIEWED.openedAt,
    ...{ merged: !row.isOpen, merged_at: row.isOpen ? null : REVIEWED.mergedAt },
    ...{ merge_commit_sha: row.isOpen ? null : REVIEWED.mergeCommitId, additions: 5, deletions: 6 },
    base: { ref: 'main', sha: held.base, repo_id: 42 },
    head: { ref: row.headBranch, sha: row.headCommitId, repo_id: row.isFork ? 77 : 42 },
  });
  const paged = (items: readonly unknown[], { query, path }: Asked): Answered => {
    const limit = Math.min(Number(query.get('limit') ?? 30), MOST);
    const page = Number(query.get('page') ?? 1);
    const hasMore = page * limit < items.length;
    return {
      body: items.slice((page - 1) * limit, page * limit),
      headers: {
        'x-total-count': String(items.length),
        ...(hasMore && { link: `<${url}${path}?limit=${limit}&page=${page + 1}>; rel="next"` }),
      },
    };
  };
  return [
    ['GET', /^\/api\/v1\/user$/, () => ({ body: { id: 1, login: LOGIN } })],
    ['GET', /^\/api\/v1\/user\/orgs$/, (asked) => paged([{ username: 'elders', full_name: 'The Elders' }], asked)],
    ['GET', /^\/api\/v1\/(?:orgs|users)\/elders\/repos$/, (asked) => paged([repository], asked)],
    ['GET', new RegExp(`^${REPOSITORY}$`), () => ({ body: repository })],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/branches$`),
      (asked) => {
        const rows = held.branches.map(({ name, commitId }) => ({
          name,
          commit: { id: commitId },
          protected: name === 'main',
        }));
        return paged(rows, asked);
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/compare/(.+)\\.\\.\\.(.+)$`),
      ({ params }) => {
        if (params[0] !== held.base || params[1] !== held.head) return NOT_FOUND;
        const files = held.files.map((filename) => ({ filename, status: 'modified' }));
        return { body: { total_commits: 1, commits: [{ sha: held.head, files }] } };
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/assignees$`),
      () => ({ body: held.members.map(({ login, email }) => ({ login, email })) }),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pulls$`),
      (asked) =>
        paged(
          held.pullRequests
            .filter(({ isOpen }) => ['all', isOpen ? 'open' : 'closed'].includes(asked.query.get('state') ?? 'open'))
            .map(pullOf),
          asked,
        ),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pulls/(\\d+)/reviews$`),
      () => ({
        body: [
          { user: { login: REVIEWED.rejectedBy }, state: 'APPROVED', submitted_at: REVIEWED.openedAt },
          { user: { login: REVIEWED.rejectedBy }, state: 'REQUEST_CHANGES', submitted_at: REVIEWED.mergedAt },
          { user: { login: REVIEWED.approvedBy }, state: 'APPROVED', submitted_at: REVIEWED.openedAt },
          { user: { login: REVIEWED.approvedBy }, state: 'COMMENT', submitted_at: REVIEWED.mergedAt },
          { user: { login: 'kai' }, state: 'APPROVED', dismissed: true, submitted_at: REVIEWED.openedAt },
        ],
      }),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/branches/(.+)$`),
      ({ params: [name] }) => {
        if (!held.branches.some((row) => row.name === name)) return NOT_FOUND;
        const rule = { required_approvals: 1, enable_status_check: true, status_check_contexts: ['ci'] };
        const isProtected = name === 'main';
        return {
          body: { name, protected: isProtected, ...rule, effective_branch_protection_name: isProtected ? 'main' : '' },
        };
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/branch_protections/main$`),
      () => ({ body: { rule_name: 'main', dismiss_stale_approvals: true, enable_force_push: false } }),
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/issues$`),
      (asked) => {
        if (asked.query.get('type') !== 'issues') return { status: 500, body: { message: 'pull requests are issues' } };
        const row = { created_at: REVIEWED.openedAt, updated_at: REVIEWED.mergedAt, closed_at: null };
        const rows = Array.from({ length: 230 }, (_, at) => ({
          ...row,
          number: 1_230 - at,
          labels: at === 0 ? [{ name: 'bug' }] : [],
          comments: at === 1 ? 2 : 0,
        }));
        return paged(rows, asked);
      },
    ],
    [
      'GET',
      new RegExp(`^${REPOSITORY}/pulls/(\\d+)$`),
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
          [...held.hooks].map(([id, hook]) => {
            const { type, events, active, config } = hook as {
              config: { url: string; content_type: string };
            } & Asked['body'];
            const { url, content_type } = config;
            return { id: Number(id), type, events, active, config: { url, content_type } };
          }),
          asked,
        ),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/hooks$`),
      ({ body }) => {
        const isKnown = ['gitea', 'slack'].includes(body.type);
        if (!isKnown || !body.config?.url || !body.config.content_type)
          return { status: 422, body: { message: 'Missing config option' } };
        const id = nextId++;
        held.hooks.set(String(id), body);
        return { status: 201, body: { id, type: body.type, events: body.events, active: body.active } };
      },
    ],
    [
      'PATCH',
      new RegExp(`^${REPOSITORY}/hooks/(\\d+)$`),
      ({ params: [id = ''], body }) => {
        if (!held.hooks.has(id)) return NOT_FOUND;
        held.hooks.set(id, { ...(held.hooks.get(id) as object), ...body });
        return { body: { id: Number(id) } };
      },
    ],
    [
      'DELETE',
      new RegExp(`^${REPOSITORY}/hooks/(\\d+)$`),
      ({ params: [id = ''] }) => (held.hooks.delete(id) ? { status: 204 } : NOT_FOUND),
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/statuses/([0-9a-f]{40})$`),
      ({ params: [commit = ''], body }) => {
        if (!['pending', 'success', 'error', 'failure', 'warning'].includes(body.state))
          return { status: 422, body: { message: 'bad state' } };
        held.states.set(`${commit} ${body.context}`, body);
        return { status: 201, body: { id: nextId++, ...body, status: body.state } };
      },
    ],
    [
      'POST',
      new RegExp(`^${REPOSITORY}/issues/(\\d+)/comments$`),
      ({ params: [number = ''], body }) => {
        const id = String(nextId++);
        held.comments.set(id, { text: body.body, number: Number(number), version: 0 });
        return { status: 201, body: { id: Number(id), body: body.body } };
      },
    ],
    [
      'PATCH',
      new RegExp(`^${REPOSITORY}/issues/comments/(\\d+)$`),
      ({ params: [id = ''], body }) => {
        const known = held.comments.get(id);
        if (!known) return NOT_FOUND;
        known.text = body.body;
        return { body: { id: Number(id), body: body.body } };
      },
    ],
  ];
}

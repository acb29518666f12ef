import { type Asked, bearerOf, type FakeHost, pageOf, type Route, startFakeHost, type Told } from './fake-host';
import { answerGraphql, nothingTold, type ToldByGitLab } from './gitlab-graphql';

export interface FakeProject {
  id: number;
  path: string;
  isPrivate: boolean;
  isArchived: boolean;
  isFork: boolean;
  /** A bare repository; null: nothing was ever pushed. */
  gitDir: string | null;
  defaultBranch: string;
  statuses: { sha: string; name: string; status: string; description: string; target_url: string }[];
  notes: { id: number; number: number; body: string }[];
  hooks: { id: number; url: string; token?: string; push_events: unknown }[];
  mergeRequests: Record<string, unknown>[];
  branches: { name: string; commit: { id: string }; protected: boolean }[];
  comparison: { merge_base: string; commits: unknown[]; diffs: { old_path: string; new_path: string }[] } | null;
  needsPipeline: boolean;
  protectedBranches: Record<string, unknown>[];
  /** Null: the tier has no approvals. */
  approvals: { rules: Record<string, unknown>[]; resetOnPush: boolean } | null;
  told: ToldByGitLab;
}

export interface FakeGitLabToken {
  username: string;
  scopes: string[];
  /** 10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner. */
  level: number;
  expiresAt: string | null;
}

export interface FakeGitLab extends FakeHost {
  tokens: Map<string, FakeGitLabToken>;
  projects: FakeProject[];
  /** Members by the path of their group. */
  groups: Record<string, string[]>;
  addProject: (path: string, more?: Partial<FakeProject>) => FakeProject;
  addToken: (token: string, more?: Partial<FakeGitLabToken>) => string;
}

const problem = (status: number, message: string): Told => ({ status, body: { message: `${status} ${message}` } });
const PROJECT_NOT_FOUND = problem(404, 'Project Not Found');
const UNAUTHORIZED = problem(401, 'Unauthorized');
const LONGEST_DESCRIPTION = 255;

/** GitLab: `/api/v4` and Git, on a free port. */
export async function startFakeGitLab(): Promise<FakeGitLab> {
  const tokens: FakeGitLab['tokens'] = new Map();
  const projects: FakeProject[] = [];
  const groups: Record<string, string[]> = {};
  let nextId = 100;

  const secretOf = ({ headers }: Asked) => {
    const header = headers['private-token'];
    return (typeof header === 'string' ? header : null) ?? bearerOf(headers);
  };

  function expired({ expiresAt }: FakeGitLabToken): boolean {
    return expiresAt !== null && Date.parse(expiresAt) < Date.now();
  }

  /** Of who asks, with what the token must be allowed. */
  const as =
    (scopes: string[], run: (token: FakeGitLabToken | null, asked: Asked) => Told) =>
    (asked: Asked): Told => {
      const secret = secretOf(asked);
      if (secret === null) return run(null, asked);
      const token = tokens.get(secret);
      if (!token) return UNAUTHORIZED;
      if (expired(token)) {
        const description = 'Token is expired. You can either do re-authorization or token refresh.';
        return { status: 401, body: { error: 'invalid_token', error_description: description } };
      }
      if (!scopes.some((scope) => token.scopes.includes(scope))) {
        const description = 'The request requires higher privileges than provided by the access token.';
        return {
          status: 403,
          body: { error: 'insufficient_scope', error_description: description, scope: scopes.join(' ') },
        };
      }
      return run(token, asked);
    };
  const READ = ['api', 'read_api'];
  const WRITE = ['api'];

  function canSee(token: FakeGitLabToken | null, { path, isPrivate }: FakeProject): boolean {
    if (!isPrivate) return true;
    if (!token) return false;
    const owner = path.split('/').slice(0, -1).join('/');
    return owner === token.username || (groups[owner]?.includes(token.username) ?? false);
  }

  const on = (
    scopes: string[],
    level: number,
    run: (project: FakeProject, asked: Asked, token: FakeGitLabToken | null) => Told,
  ) =>
    as(scopes, (token, asked) => {
      const project = projects.find(({ id, path }) => [String(id), path].includes(asked.of.project ?? ''));
      if (!project || !canSee(token, project)) return PROJECT_NOT_FOUND;
      if ((token?.level ?? 0) < level) return token ? problem(403, 'Forbidden') : UNAUTHORIZED;
      return run(project, asked, token);
    });

  const shown = (project: FakeProject, token: FakeGitLabToken | null, asked: Asked) => ({
    id: project.id,
    path_with_namespace: project.path,
    http_url_to_repo: `${host.url}/${project.path}.git`,
    web_url: `${host.url}/${project.path}`,
    default_branch: project.gitDir ? project.defaultBranch : null,
    empty_repo: project.gitDir === null,
    visibility: project.isPrivate ? 'private' : 'public',
    only_allow_merge_if_pipeline_succeeds: project.needsPipeline,
    archived: project.isArchived,
    ...(project.isFork && { forked_from_project: { id: 1 } }),
    ...(asked.query.get('statistics') === 'true' && token && { statistics: { repository_size: 12_345 } }),
    ...(token && { permissions: { project_access: { access_level: token.level }, group_access: null } }),
    last_activity_at: '2026-11-01T00:00:00.000Z',
  });

  function page(asked: Asked, items: readonly unknown[]): Told {
    const found = pageOf(asked.query, items);
    return {
      body: found.items,
      headers: {
        'x-page': String(found.page),
        'x-per-page': String(found.perPage),
        'x-next-page': found.page < found.last ? String(found.page + 1) : '',
        'x-prev-page': found.page > 1 ? String(found.page - 1) : '',
        'x-total': String(items.length),
        'x-total-pages': String(found.last),
      },
    };
  }

  const API: readonly Route[] = [
    [
      'GET',
      '/user',
      as(['api', 'read_api', 'read_user'], (token) =>
        token ? { body: { id: 1, username: token.username, name: token.username } } : UNAUTHORIZED,
      ),
    ],
    [
      'GET',
      '/personal_access_tokens/self',
      as(['api', 'read_api', 'read_user', 'self_rotate'], (token) =>
        token ? { body: { id: 1, scopes: token.scopes, expires_at: token.expiresAt, active: true } } : UNAUTHORIZED,
      ),
    ],
    [
      'GET',
      '/groups',
      as(READ, (token, asked) => {
        const own = Object.entries(groups).filter(([, members]) => token && members.includes(token.username));
        return page(
          asked,
          own.map(([path]) => ({ full_path: path, full_name: path })),
        );
      }),
    ],
    [
      'GET',
      '/groups/:group/projects',
      as(READ, (token, asked) => {
        const group = asked.of.group ?? '';
        if (!groups[group]) return problem(404, 'Group Not Found');
        const isIn = ({ path }: FakeProject) => path.split('/').slice(0, -1).join('/') === group;
        const rows = projects.filter((one) => isIn(one) && canSee(token, one));
        return page(
          asked,
          rows.map((one) => shown(one, token, asked)),
        );
      }),
    ],
    [
      'GET',
      '/users/:user/projects',
      as(READ, (token, asked) => {
        const rows = projects.filter((one) => one.path.startsWith(`${asked.of.user}/`) && canSee(token, one));
        return page(
          asked,
          rows.map((one) => shown(one, token, asked)),
        );
      }),
    ],
    ['GET', '/projects/:project', on(READ, 0, (project, asked, token) => ({ body: shown(project, token, asked) }))],
    ['GET', '/projects/:project/repository/branches', on(READ, 0, (project, asked) => page(asked, project.branches))],
    [
      'GET',
      '/projects/:project/repository/branches/:branch',
      on(READ, 0, ({ branches }, asked) => {
        const branch = branches.find(({ name }) => name === asked.of.branch);
        return branch ? { body: branch } : problem(404, 'Branch Not Found');
      }),
    ],
    [
      'GET',
      '/projects/:project/protected_branches',
      on(READ, 40, ({ protectedBranches }, asked) => page(asked, protectedBranches)),
    ],
    [
      'GET',
      '/projects/:project/approval_rules',
      on(READ, 30, ({ approvals }, asked) => (approvals ? page(asked, approvals.rules) : problem(404, 'Not Found'))),
    ],
    [
      'GET',
      '/projects/:project/approvals',
      on(READ, 30, ({ approvals }) =>
        approvals ? { body: { reset_approvals_on_push: approvals.resetOnPush } } : problem(404, 'Not Found'),
      ),
    ],
    [
      'GET',
      '/projects/:project/repository/compare',
      on(READ, 0, ({ comparison }) =>
        comparison ? { body: { commits: comparison.commits, diffs: comparison.diffs } } : problem(404, 'Not Found'),
      ),
    ],
    [
      'GET',
      '/projects/:project/repository/merge_base',
      on(READ, 0, ({ comparison }, asked) =>
        comparison && asked.query.getAll('refs[]').length === 2
          ? { body: { id: comparison.merge_base } }
          : problem(404, 'Not Found'),
      ),
    ],
    [
      'GET',
      '/projects/:project/members/all',
      on(READ, 0, ({ path }, asked) => {
        const owner = path.split('/').slice(0, -1).join('/');
        const names = groups[owner] ?? [owner];
        return page(
          asked,
          names.map((username) => ({ username, access_level: 30 })),
        );
      }),
    ],
    [
      'GET',
      '/projects/:project/merge_requests',
      on(READ, 0, ({ mergeRequests }, asked) =>
        page(
          asked,
          mergeRequests.filter(({ state }) => state === 'opened'),
        ),
      ),
    ],
    [
      'GET',
      '/projects/:project/merge_requests/:iid',
      on(READ, 0, ({ mergeRequests }, asked) => {
        const found = mergeRequests.find(({ iid }) => String(iid) === asked.of.iid);
        return found ? { body: found } : problem(404, 'Not found');
      }),
    ],
    ['GET', '/projects/:project/hooks', on(READ, 40, (project, asked) => page(asked, project.hooks))],
    [
      'POST',
      '/projects/:project/hooks',
      on(WRITE, 40, (project, { body }) => {
        const hook = { id: nextId++, url: String(body.url), push_events: body.push_events };
        project.hooks.push(hook);
        return { status: 201, body: hook };
      }),
    ],
    [
      'PUT',
      '/projects/:project/hooks/:id',
      on(WRITE, 40, (project, { of, body }) => {
        const hook = project.hooks.find(({ id }) => String(id) === of.id);
        if (!hook) return problem(404, 'Not found');
        hook.url = String(body.url);
        return { body: hook };
      }),
    ],
    [
      'DELETE',
      '/projects/:project/hooks/:id',
      on(WRITE, 40, (project, { of }) => {
        const at = project.hooks.findIndex(({ id }) => String(id) === of.id);
        if (at < 0) return problem(404, 'Not found');
        project.hooks.splice(at, 1);
        return { status: 204 };
      }),
    ],
    [
      'POST',
      '/projects/:project/statuses/:sha',
      on(WRITE, 30, (project, { of, body }) => {
        const status = {
          ...{ sha: of.sha ?? '', name: String(body.name), status: String(body.state) },
          ...{ description: String(body.description), target_url: String(body.target_url) },
        };
        if (status.description.length > LONGEST_DESCRIPTION) {
          return { status: 400, body: { message: { description: ['is too long (maximum is 255 characters)'] } } };
        }
        const known = project.statuses.find(({ sha, name }) => sha === status.sha && name === status.name);
        if (known?.status === status.status) {
          const reason = `Cannot transition status via :run from :${status.status}`;
          return { status: 400, body: { message: { state: [reason] } } };
        }
        if (known) Object.assign(known, status);
        else project.statuses.push(status);
        return { status: 201, body: { id: 1, ...status } };
      }),
    ],
    [
      'GET',
      '/projects/:project/repository/commits/:sha/statuses',
      on(READ, 0, (project, asked) =>
        page(
          asked,
          project.statuses.filter(({ sha }) => sha === asked.of.sha),
        ),
      ),
    ],
    [
      'POST',
      '/projects/:project/merge_requests/:iid/notes',
      on(WRITE, 20, (project, { of, body }) => {
        const note = { id: nextId++, number: Number(of.iid), body: String(body.body) };
        project.notes.push(note);
        return { status: 201, body: note };
      }),
    ],
    [
      'PUT',
      '/projects/:project/merge_requests/:iid/notes/:id',
      on(WRITE, 20, (project, { of, body }) => {
        const note = project.notes.find(({ id }) => String(id) === of.id);
        if (!note) return problem(404, 'Note Not Found');
        note.body = String(body.body);
        return { body: note };
      }),
    ],
  ];

  const host = await startFakeHost({
    routes: [
      ...API.map(([method, pattern, run]): Route => [method, `/api/v4${pattern}`, run]),
      [
        'POST',
        '/api/graphql',
        as(READ, (token, { body }) =>
          answerGraphql(body, (path) => {
            const project = projects.find((one) => one.path === path);
            return project && canSee(token, project) ? project.told : null;
          }),
        ),
      ],
    ],
    guard: () => null,
    headersOf: () => ({
      'ratelimit-limit': '2000',
      'ratelimit-remaining': '1999',
      'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 60),
    }),
    notFound: { status: 404, body: { error: '404 Not Found' } },
    realm: 'GitLab',
    openGit(path, credentials) {
      const token = credentials && tokens.get(credentials.password);
      if (credentials && (!token || expired(token))) return 401;
      if (token && !token.scopes.some((scope) => ['api', 'read_repository', 'write_repository'].includes(scope))) {
        return 403;
      }
      const project = projects.find((one) => one.path.toLowerCase() === path.toLowerCase());
      if (project && canSee(token ?? null, project)) return project.gitDir ? { gitDir: project.gitDir } : 404;
      return credentials ? 404 : 401;
    },
  });

  return {
    ...host,
    tokens,
    projects,
    groups,
    addProject(path, more = {}) {
      const project: FakeProject = {
        ...{ id: nextId++, path, isPrivate: false, isArchived: false, isFork: false, gitDir: null },
        ...{ defaultBranch: 'main', statuses: [], notes: [], hooks: [], mergeRequests: [], branches: [] },
        comparison: null,
        ...{ needsPipeline: false, protectedBranches: [], approvals: null, told: nothingTold() },
        ...more,
      };
      projects.push(project);
      return project;
    },
    addToken(token, more = {}) {
      const scopes = ['api', 'read_repository'];
      tokens.set(token, { username: 'tanuki', scopes, level: 40, expiresAt: null, ...more });
      return token;
    },
  };
}

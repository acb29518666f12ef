import { createHash, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Asked, bearerOf, type FakeHost, pageOf, type Route, startFakeHost, type Told } from './fake-host';
import { type FakeAttempt, listAttempts, redeliver } from './github-attempts';
import { answerGraphql, nothingTold, type ToldByGraphql } from './github-graphql';

export interface FakeRepository {
  id: number;
  path: string;
  isPrivate: boolean;
  isArchived: boolean;
  isFork: boolean;
  /** A bare repository; null: nothing was ever pushed. */
  gitDir: string | null;
  defaultBranch: string;
  /** Paths it had before: asked for, they redirect. */
  formerPaths: string[];
  /** Commits and what is shown beside them. */
  statuses: Record<string, unknown>[];
  checks: (Record<string, unknown> & { id: number; annotations: unknown[] })[];
  comments: { id: number; number: number; body: string }[];
  hooks: { id: number; events: unknown; config: Record<string, unknown> }[];
  /** Of its webhooks, told apart by the tests. */
  attempts: FakeAttempt[];
  pulls: Record<string, unknown>[];
  branches: { name: string; commit: { sha: string }; protected: boolean }[];
  comparison: Record<string, unknown> | null;
  /** What GraphQL tells, and the rules of rulesets. */
  told: ToldByGraphql & { rules: Record<string, unknown>[] };
}

export interface FakeToken {
  login: string;
  /** Of a classic token; null of a fine-grained one. */
  scopes: string[] | null;
  /** Repositories that it may not only see. */
  administers: boolean;
  expiresAt: string | null;
  /** Of a fine-grained one: fields of GraphQL that it may not read, by their path. */
  forbidden: string[];
}

interface FakeApp {
  id: number;
  slug: string;
  name: string;
  setupUrl: string;
  publicKey: string;
  attempts: FakeAttempt[];
  /** As its manifest asked for them. */
  permissions?: Record<string, string>;
}

interface FakeInstallation {
  id: number;
  appId: number;
  account: string;
  isSuspended: boolean;
  /** Null: all of the account. */
  repositories: string[] | null;
}

export interface FakeGitHub extends FakeHost {
  tokens: Map<string, FakeToken>;
  repositories: FakeRepository[];
  organisations: Record<string, string[]>;
  apps: FakeApp[];
  installations: FakeInstallation[];
  /** Of the host, for who asks next; falls by one with each request. */
  remaining: number;
  addRepository: (path: string, more?: Partial<FakeRepository>) => FakeRepository;
  addToken: (token: string, more?: Partial<FakeToken>) => string;
  rename: (from: string, to: string) => void;
}

const permissionsOf = ({ permissions }: FakeApp) =>
  permissions ?? { contents: 'read', metadata: 'read', checks: 'write' };

const DOCS = 'https://docs.github.com/rest';
const JSON_PROBLEM = (status: number, message: string, more: object = {}): Told => ({
  status,
  body: { message, documentation_url: DOCS, status: String(status), ...more },
});
const NOT_FOUND = JSON_PROBLEM(404, 'Not Found');
const MOST_ANNOTATIONS = 50;
const LONGEST_DESCRIPTION = 140;

/** GitHub as an Enterprise Server shows itself: `/api/v3`, pages of Apps, and Git, on a free port. */
export async function startFakeGitHub(): Promise<FakeGitHub> {
  const tokens: FakeGitHub['tokens'] = new Map();
  const repositories: FakeRepository[] = [];
  const organisations: Record<string, string[]> = {};
  const apps: FakeApp[] = [];
  const installations: FakeInstallation[] = [];
  const manifests = new Map<string, Record<string, unknown>>();
  const installationTokens = new Map<string, { installation: FakeInstallation; expiresAt: number }>();
  let nextId = 100;
  const state = { remaining: 5_000 };

  type Who =
    | { kind: 'nobody' }
    | { kind: 'token'; token: FakeToken }
    | { kind: 'installation'; installation: FakeInstallation }
    | { kind: 'app'; app: FakeApp };

  function administers({ appId }: FakeInstallation): boolean {
    const app = apps.find(({ id }) => id === appId);
    return app !== undefined && permissionsOf(app).administration !== undefined;
  }

  // It is revoked then, and refused like one that never was.
  function isOver({ expiresAt }: FakeToken): boolean {
    return expiresAt !== null && Date.parse(expiresAt) < Date.now();
  }

  function whoIs(secret: string | null): Who | Told {
    if (secret === null) return { kind: 'nobody' };
    const token = tokens.get(secret);
    if (token && isOver(token)) return JSON_PROBLEM(401, 'Bad credentials');
    if (token) return { kind: 'token', token };
    const installed = installationTokens.get(secret);
    if (installed?.installation.isSuspended) return JSON_PROBLEM(403, 'This installation has been suspended');
    if (installed && installed.expiresAt > Date.now()) {
      return { kind: 'installation', installation: installed.installation };
    }
    if (secret.split('.').length === 3) return appOf(secret);
    return JSON_PROBLEM(401, 'Bad credentials');
  }

  function appOf(jwt: string): Who | Told {
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const { iss, iat, exp } = read(body) as { iss: unknown; iat: number; exp: number };
    const app = apps.find(({ id }) => String(id) === String(iss));
    const isSigned =
      app !== undefined &&
      read(head).alg === 'RS256' &&
      createVerify('RSA-SHA256').update(`${head}.${body}`).verify(app.publicKey, signature, 'base64url');
    const now = Date.now() / 1000;
    if (!app || !isSigned) return JSON_PROBLEM(401, 'A JSON web token could not be decoded');
    if (exp > now + 600) {
      return JSON_PROBLEM(401, "'Expiration time' claim ('exp') is too far in the future");
    }
    if (iat > now || exp < now) return JSON_PROBLEM(401, "'Issued at' claim ('iat') must be an Integer in the past");
    return { kind: 'app', app };
  }

  function canSee(who: Who, { path, isPrivate }: FakeRepository): boolean {
    const [owner = ''] = path.split('/');
    if (who.kind === 'installation') {
      const { account, repositories: chosen } = who.installation;
      return !isPrivate || (account === owner && (chosen === null || chosen.includes(path)));
    }
    if (!isPrivate) return true;
    if (who.kind !== 'token') return false;
    const { login, scopes } = who.token;
    const isTheirs = owner === login || (organisations[owner]?.includes(login) ?? false);
    return isTheirs && (scopes === null || scopes.includes('repo'));
  }

  const secretOf = (asked: Asked) => bearerOf(asked.headers);
  const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null && !('kind' in value);

  /** Runs for who asks; a secret that nobody knows is refused. */
  const as = (run: (who: Who, asked: Asked) => Told) => (asked: Asked) => {
    const who = whoIs(secretOf(asked));
    return isTold(who) ? who : run(who, asked);
  };
  const asUser = (run: (token: FakeToken, asked: Asked) => Told) =>
    as((who, asked) => {
      if (who.kind === 'token') return run(who.token, asked);
      if (who.kind === 'nobody') return JSON_PROBLEM(401, 'Requires authentication');
      return JSON_PROBLEM(403, 'Resource not accessible by integration');
    });
  const asApp = (run: (app: FakeApp, asked: Asked) => Told) =>
    as((who, asked) =>
      who.kind === 'app' ? run(who.app, asked) : JSON_PROBLEM(401, 'A JSON web token could not be decoded'),
    );

  /** The repository of `:owner/:name`, or what GitHub says in its place. */
  const on = (run: (repository: FakeRepository, who: Who, asked: Asked) => Told) =>
    as((who, asked) => {
      const path = `${asked.of.owner}/${asked.of.name}`.toLowerCase();
      const is = (one: string) => one.toLowerCase() === path;
      const repository = repositories.find((one) => is(one.path));
      if (repository) return canSee(who, repository) ? run(repository, who, asked) : NOT_FOUND;
      const moved = repositories.find(({ formerPaths }) => formerPaths.some(is));
      if (!moved || !canSee(who, moved)) return NOT_FOUND;
      const rest = asked.path.split('/').slice(6).join('/');
      const location = `${host.url}/api/v3/repositories/${moved.id}${rest && `/${rest}`}`;
      const status = asked.method === 'GET' ? 301 : 307;
      return { ...JSON_PROBLEM(status, 'Moved Permanently', { url: location }), headers: { location } };
    });

  /** The same for who may change it. */
  const administering = (run: (repository: FakeRepository, asked: Asked) => Told) =>
    on((repository, who, asked) => {
      const scopes = who.kind === 'token' ? who.token.scopes : [];
      const hasScope = scopes === null || scopes.some((scope) => ['repo', 'admin:repo_hook'].includes(scope));
      if (who.kind !== 'token' || !who.token.administers || !hasScope) {
        return { ...NOT_FOUND, headers: { 'x-accepted-oauth-scopes': 'admin:repo_hook, repo, write:repo_hook' } };
      }
      return run(repository, asked);
    });

  const shown = (repository: FakeRepository, who: Who) => ({
    id: repository.id,
    name: repository.path.split('/')[1],
    full_name: repository.path,
    private: repository.isPrivate,
    owner: {
      login: repository.path.split('/')[0],
      type: organisations[repository.path.split('/')[0] ?? ''] ? 'Organization' : 'User',
    },
    html_url: `${host.url}/${repository.path}`,
    clone_url: `${host.url}/${repository.path}.git`,
    default_branch: repository.defaultBranch,
    archived: repository.isArchived,
    fork: repository.isFork,
    size: 12,
    pushed_at: repository.gitDir === null ? null : '2026-11-01T00:00:00Z',
    ...(who.kind === 'token' && { permissions: { admin: who.token.administers, push: true, pull: true } }),
  });

  function page(asked: Asked, items: readonly unknown[], wrap: (items: unknown[]) => unknown = (rows) => rows): Told {
    const found = pageOf(asked.query, items);
    const link = (number: number, rel: string) => {
      const query = new URLSearchParams(asked.query);
      query.set('page', String(number));
      return `<${host.url}${asked.path}?${query}>; rel="${rel}"`;
    };
    const links = [
      ...(found.page > 1 ? [link(found.page - 1, 'prev'), link(1, 'first')] : []),
      ...(found.page < found.last ? [link(found.page + 1, 'next'), link(found.last, 'last')] : []),
    ];
    return { body: wrap(found.items), headers: links.length > 0 ? { link: links.join(', ') } : {} };
  }

  const ofInstallation = (run: (repositories: FakeRepository[], who: Who, asked: Asked) => Told) =>
    as((who, asked) => {
      if (who.kind !== 'installation')
        return JSON_PROBLEM(403, 'You must authenticate with an installation access token');
      const { account, repositories: chosen } = who.installation;
      const own = repositories.filter(({ path }) => path.startsWith(`${account}/`));
      return run(chosen ? own.filter(({ path }) => chosen.includes(path)) : own, who, asked);
    });

  const annotationsOf = (body: Record<string, unknown>) =>
    ((body.output as { annotations?: unknown[] } | undefined)?.annotations ?? []) as unknown[];
  const putCheck = (run: (repository: FakeRepository, asked: Asked) => Told) =>
    on((repository, who, asked) => {
      if (who.kind !== 'installation') return JSON_PROBLEM(403, 'You must authenticate via a GitHub App.');
      if (annotationsOf(asked.body).length > MOST_ANNOTATIONS) {
        return JSON_PROBLEM(422, 'Invalid request.\n\nNo more than 50 items are allowed; 51 were supplied.');
      }
      return run(repository, asked);
    });

  const API: readonly Route[] = [
    ['GET', '/user', asUser((token) => ({ body: { login: token.login, id: 1, type: 'User' } }))],
    [
      'GET',
      '/user/orgs',
      asUser((token, asked) => {
        if (token.scopes && !token.scopes.some((scope) => ['read:org', 'admin:org', 'repo'].includes(scope))) {
          return {
            ...JSON_PROBLEM(403, 'You need at least read:org scope or user scope to list your organizations.'),
            headers: { 'x-accepted-oauth-scopes': 'admin:org, read:org, repo, user, write:org' },
          };
        }
        const own = Object.entries(organisations).filter(([, members]) => members.includes(token.login));
        return page(asked, token.scopes === null ? [] : own.map(([login]) => ({ login, id: 7 })));
      }),
    ],
    [
      'GET',
      '/user/repos',
      asUser((token, asked) => {
        const who: Who = { kind: 'token', token };
        const affiliation = asked.query.get('affiliation') ?? 'owner,collaborator,organization_member';
        const isOwn = ({ path }: FakeRepository) => path.startsWith(`${token.login}/`);
        const isOfTeam = ({ path }: FakeRepository) => organisations[path.split('/')[0] ?? '']?.includes(token.login);
        const rows = repositories.filter(
          (one) =>
            canSee(who, one) && (isOwn(one) || (affiliation.includes('organization_member') && isOfTeam(one) === true)),
        );
        return page(
          asked,
          rows.map((one) => shown(one, who)),
        );
      }),
    ],
    [
      'GET',
      '/orgs/:owner/repos',
      as((who, asked) => {
        const owner = asked.of.owner ?? '';
        if (!organisations[owner]) return NOT_FOUND;
        const rows = repositories.filter((one) => one.path.startsWith(`${owner}/`) && canSee(who, one));
        return page(
          asked,
          rows.map((one) => shown(one, who)),
        );
      }),
    ],
    [
      'GET',
      '/installation/repositories',
      ofInstallation((rows, who, asked) =>
        page(
          asked,
          rows.map((one) => shown(one, who)),
          (items) => ({ total_count: rows.length, repositories: items }),
        ),
      ),
    ],
    ['GET', '/repos/:owner/:name', on((repository, who) => ({ body: shown(repository, who) }))],
    [
      'GET',
      '/repositories/:id',
      as((who, asked) => {
        const repository = repositories.find(({ id }) => String(id) === asked.of.id);
        return repository && canSee(who, repository) ? { body: shown(repository, who) } : NOT_FOUND;
      }),
    ],
    ['GET', '/repos/:owner/:name/branches', on((repository, _who, asked) => page(asked, repository.branches))],
    [
      'GET',
      '/repos/:owner/:name/rules/branches/:branch',
      on((repository, _who, asked) => page(asked, repository.told.rules)),
    ],
    [
      'GET',
      '/repos/:owner/:name/compare/:range',
      on((repository) => (repository.comparison ? { body: repository.comparison } : NOT_FOUND)),
    ],
    [
      'GET',
      '/repos/:owner/:name/collaborators',
      administering((repository, asked) => {
        const [owner = ''] = repository.path.split('/');
        const logins = organisations[owner] ?? [owner];
        return page(
          asked,
          logins.map((login) => ({ login, permissions: { pull: true, push: true, admin: false } })),
        );
      }),
    ],
    [
      'GET',
      '/repos/:owner/:name/pulls',
      on((repository, _who, asked) =>
        page(
          asked,
          repository.pulls.filter(({ state: is }) => is === 'open'),
        ),
      ),
    ],
    [
      'GET',
      '/repos/:owner/:name/pulls/:number',
      on((repository, _who, asked) => {
        const pull = repository.pulls.find(({ number }) => String(number) === asked.of.number);
        return pull ? { body: pull } : NOT_FOUND;
      }),
    ],
    ['GET', '/repos/:owner/:name/hooks', administering((repository, asked) => page(asked, repository.hooks))],
    [
      'POST',
      '/repos/:owner/:name/hooks',
      administering((repository, asked) => {
        const config = asked.body.config as Record<string, unknown>;
        if (repository.hooks.some((hook) => hook.config.url === config.url)) {
          return JSON_PROBLEM(422, 'Validation Failed', {
            errors: [{ resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' }],
          });
        }
        const hook = { id: nextId++, events: asked.body.events, config: { ...config, secret: '********' } };
        repository.hooks.push(hook);
        return { status: 201, body: hook };
      }),
    ],
    [
      'PATCH',
      '/repos/:owner/:name/hooks/:id',
      administering((repository, asked) => {
        const hook = repository.hooks.find(({ id }) => String(id) === asked.of.id);
        if (!hook) return NOT_FOUND;
        hook.config = { ...(asked.body.config as object), secret: '********' };
        hook.events = asked.body.events;
        return { body: hook };
      }),
    ],
    [
      'DELETE',
      '/repos/:owner/:name/hooks/:id',
      administering((repository, asked) => {
        const at = repository.hooks.findIndex(({ id }) => String(id) === asked.of.id);
        if (at < 0) return NOT_FOUND;
        repository.hooks.splice(at, 1);
        return { status: 204 };
      }),
    ],
    [
      'GET',
      '/repos/:owner/:name/hooks/:id/deliveries',
      administering(({ attempts }, asked) => listAttempts(asked, host.url, attempts)),
    ],
    [
      'POST',
      '/repos/:owner/:name/hooks/:id/deliveries/:delivery/attempts',
      administering(({ attempts }, asked) => redeliver(asked, attempts, nextId++)),
    ],
    ['GET', '/app/hook/deliveries', asApp(({ attempts }, asked) => listAttempts(asked, host.url, attempts))],
    [
      'POST',
      '/app/hook/deliveries/:delivery/attempts',
      asApp(({ attempts }, asked) => redeliver(asked, attempts, nextId++)),
    ],
    [
      'POST',
      '/repos/:owner/:name/statuses/:sha',
      on((repository, who, asked) => {
        if (who.kind === 'nobody') return JSON_PROBLEM(401, 'Requires authentication');
        if (String(asked.body.description ?? '').length > LONGEST_DESCRIPTION) {
          return JSON_PROBLEM(422, 'Validation Failed', {
            errors: [{ message: 'description is too long (maximum is 140 characters)' }],
          });
        }
        const status = { id: nextId++, sha: asked.of.sha, ...asked.body };
        repository.statuses.push(status);
        return { status: 201, body: status };
      }),
    ],
    [
      'POST',
      '/repos/:owner/:name/check-runs',
      putCheck((repository, asked) => {
        const check = { ...asked.body, id: nextId++, annotations: [...annotationsOf(asked.body)] };
        repository.checks.push(check);
        return { status: 201, body: check };
      }),
    ],
    [
      'PATCH',
      '/repos/:owner/:name/check-runs/:id',
      putCheck((repository, asked) => {
        const check = repository.checks.find(({ id }) => String(id) === asked.of.id);
        if (!check) return NOT_FOUND;
        const annotations = [...check.annotations, ...annotationsOf(asked.body)];
        Object.assign(check, asked.body, { annotations });
        return { body: check };
      }),
    ],
    [
      'POST',
      '/repos/:owner/:name/issues/:number/comments',
      on((repository, who, asked) => {
        if (who.kind === 'nobody') return JSON_PROBLEM(401, 'Requires authentication');
        const comment = { id: nextId++, number: Number(asked.of.number), body: String(asked.body.body) };
        repository.comments.push(comment);
        return { status: 201, body: comment };
      }),
    ],
    [
      'PATCH',
      '/repos/:owner/:name/issues/comments/:id',
      on((repository, _who, asked) => {
        const comment = repository.comments.find(({ id }) => String(id) === asked.of.id);
        if (!comment) return NOT_FOUND;
        comment.body = String(asked.body.body);
        return { body: comment };
      }),
    ],
    [
      'POST',
      '/app-manifests/:code/conversions',
      (asked) => {
        const manifest = manifests.get(asked.of.code ?? '');
        manifests.delete(asked.of.code ?? '');
        if (!manifest) return NOT_FOUND;
        const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const id = nextId++;
        const name = String(manifest.name);
        const app: FakeApp = {
          id,
          slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
          name,
          setupUrl: String(manifest.setup_url),
          publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
          attempts: [],
          permissions: (manifest.default_permissions ?? {}) as Record<string, string>,
        };
        apps.push(app);
        return {
          status: 201,
          body: {
            ...{ id, slug: app.slug, name, html_url: `${host.url}/github-apps/${app.slug}` },
            client_id: `Iv1.${id}`,
            client_secret: randomBytes(20).toString('hex'),
            webhook_secret: randomBytes(20).toString('hex'),
            pem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
          },
        };
      },
    ],
    [
      'GET',
      '/app/installations/:id',
      asApp((app, asked) => {
        const installation = installations.find(({ id, appId }) => String(id) === asked.of.id && appId === app.id);
        if (!installation) return NOT_FOUND;
        return {
          body: {
            id: installation.id,
            app_id: app.id,
            account: { login: installation.account },
            suspended_at: installation.isSuspended ? '2026-11-01T00:00:00Z' : null,
            permissions: permissionsOf(app),
          },
        };
      }),
    ],
    [
      'POST',
      '/app/installations/:id/access_tokens',
      asApp((app, asked) => {
        const installation = installations.find(({ id, appId }) => String(id) === asked.of.id && appId === app.id);
        if (!installation) return NOT_FOUND;
        if (installation.isSuspended) return JSON_PROBLEM(403, 'This installation has been suspended');
        const token = `ghs_${randomBytes(18).toString('hex')}`;
        const expiresAt = Date.now() + 3_600_000;
        installationTokens.set(token, { installation, expiresAt });
        const expires = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z');
        return { status: 201, body: { token, expires_at: expires, permissions: {} } };
      }),
    ],
  ];

  const askGraphql = as((who, asked) => {
    if (who.kind !== 'token' && who.kind !== 'installation') {
      return JSON_PROBLEM(401, 'This endpoint requires you to be authenticated.');
    }
    return answerGraphql(asked.body, {
      find(path) {
        const is = (one: string) => one.toLowerCase() === path.toLowerCase();
        const repository = repositories.find((one) => is(one.path) || one.formerPaths.some(is));
        return repository && canSee(who, repository) ? repository : null;
      },
      isAdministrator: who.kind === 'token' ? who.token.administers : administers(who.installation),
      forbidden:
        who.kind === 'token'
          ? who.token.forbidden
          : administers(who.installation)
            ? []
            : ['repository.ref.branchProtectionRule'],
      needed: who.kind === 'token' && who.token.scopes && !who.token.scopes.includes('repo') ? ['repo'] : null,
    });
  });

  /** A form that GitHub shows to the person who is signed in there. */
  const askToCreate = (asked: Asked): Told => {
    const manifest = JSON.parse(asked.form.get('manifest') ?? '{}') as Record<string, unknown>;
    const code = createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 40);
    manifests.set(code, manifest);
    const back = new URL(String(manifest.redirect_url));
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.query.get('state') ?? '');
    return { html: linkPage('Create GitHub App', String(manifest.name), back) };
  };
  const askToInstall = (asked: Asked): Told => {
    const app = apps.find(({ slug }) => slug === asked.of.slug);
    if (!app) return { status: 404, html: 'Not found' };
    const account = Object.keys(organisations)[0] ?? 'octocat';
    const installation = { id: nextId++, appId: app.id, account, isSuspended: false, repositories: null };
    installations.push(installation);
    const back = new URL(app.setupUrl);
    back.searchParams.set('installation_id', String(installation.id));
    back.searchParams.set('setup_action', 'install');
    back.searchParams.set('state', asked.query.get('state') ?? '');
    return { html: linkPage('Install', `on ${account}`, back) };
  };

  const host = await startFakeHost({
    routes: [
      ...API.map(([method, pattern, run]): Route => [method, `/api/v3${pattern}`, run]),
      ['POST', '/api/graphql', askGraphql],
      ['POST', '/settings/apps/new', askToCreate],
      ['POST', '/organizations/:owner/settings/apps/new', askToCreate],
      ['GET', '/github-apps/:slug/installations/new', askToInstall],
    ],
    guard(asked) {
      if (!asked.path.startsWith('/api/')) return null;
      if (state.remaining <= 0) return JSON_PROBLEM(403, 'API rate limit exceeded for user ID 1.');
      state.remaining--;
      return null;
    },
    headersOf(asked) {
      const known = tokens.get(secretOf(asked) ?? '');
      const token = known && !isOver(known) ? known : null;
      return {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': String(state.remaining),
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1800),
        'x-ratelimit-resource': 'core',
        ...(token?.scopes && { 'x-oauth-scopes': token.scopes.join(', ') }),
        ...(token?.expiresAt && { 'github-authentication-token-expiration': token.expiresAt }),
      };
    },
    notFound: NOT_FOUND,
    realm: 'GitHub',
    openGit(path, credentials) {
      const who = whoIs(credentials && (credentials.password || credentials.user));
      const is = (one: string) => one.toLowerCase() === path.toLowerCase();
      const repository = repositories.find((one) => is(one.path) || one.formerPaths.some(is));
      if (isTold(who) || who.kind === 'app') return 401;
      if (repository && canSee(who, repository)) return repository.gitDir ? { gitDir: repository.gitDir } : 404;
      return who.kind === 'nobody' ? 401 : 404;
    },
  });

  return Object.defineProperty(
    {
      ...host,
      tokens,
      repositories,
      organisations,
      apps,
      installations,
      remaining: 0,
      addRepository(path: string, more: Partial<FakeRepository> = {}) {
        const repository: FakeRepository = {
          ...{ id: nextId++, path, isPrivate: false, isArchived: false, isFork: false, gitDir: null },
          ...{
            defaultBranch: 'main',
            formerPaths: [],
            statuses: [],
            checks: [],
            comments: [],
            hooks: [],
            attempts: [],
            pulls: [],
          },
          ...{ branches: [], comparison: null },
          told: { ...nothingTold(), rules: [] },
          ...more,
        };
        repositories.push(repository);
        return repository;
      },
      addToken(token: string, more: Partial<FakeToken> = {}) {
        tokens.set(token, {
          login: 'octocat',
          scopes: ['repo', 'read:org'],
          administers: true,
          expiresAt: null,
          forbidden: [],
          ...more,
        });
        return token;
      },
      rename(from: string, to: string) {
        const repository = repositories.find(({ path }) => path === from);
        if (!repository) throw new Error(`there is no ${from}`);
        repository.formerPaths.push(from);
        repository.path = to;
      },
    },
    'remaining',
    {
      get: () => state.remaining,
      set: (value: number) => {
        state.remaining = value;
      },
    },
  );
}

function linkPage(action: string, about: string, to: URL): string {
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<!doctype html><html lang="en"><title>${safe(action)}</title><main><h1>${safe(about)}</h1><a href="${safe(to.href)}">${safe(action)}</a></main></html>`;
}

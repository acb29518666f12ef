import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { runBackend } from '../git-remote';

/** A request as the routes of a fake see it. */
export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Of a JSON body. */
  body: Record<string, unknown>;
  /** Of a form. */
  form: URLSearchParams;
  /** Values of `:name` in the route's pattern. */
  of: Record<string, string>;
}

export interface Told {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** In place of JSON. */
  html?: string;
}

export type Route = readonly [method: string, pattern: string, answer: (asked: Asked) => Told];

export interface FakeHost extends AsyncDisposable {
  /** Of the host's pages: `http://127.0.0.1:<port>` */
  url: string;
  requests: { method: string; path: string; authorization: string | undefined; body: unknown }[];
  /** Answers the next requests to paths that match in place of the host, first in, first out. */
  answerNext: (pattern: RegExp, told: Told, times?: number) => void;
  /** The next request of this method is carried out, and its answer never arrives. */
  cutNext: (method: string) => void;
  /** Forgets what was to be answered in place of the host. */
  answerAsUsual: () => void;
  /** Runs while Git waits for each answer. */
  duringGit: (run: () => Promise<void>) => void;
}

interface HostParts {
  routes: readonly Route[];
  /** Added to every answer of the API. */
  headersOf: (asked: Asked) => Record<string, string>;
  /** Refuses, before any route. */
  guard: (asked: Asked) => Told | null;
  notFound: Told;
  /** Where the repository of `/owner/name.git` lies for whoever shows these credentials, else the status that refuses. */
  openGit: (path: string, credentials: { user: string; password: string } | null) => { gitDir: string } | number;
  /** Of `WWW-Authenticate`. */
  realm: string;
}

/** Hosts take the address with `.git` at its end and without. */
const GIT_REQUEST = /(?:\.git)?\/(?<service>info\/refs|git-upload-pack|git-receive-pack)$/;

/** The frame of a fake Git host: routes, ETags, forced answers, a record of requests, and Git over HTTP. */
export async function startFakeHost(parts: HostParts): Promise<FakeHost> {
  const requests: FakeHost['requests'] = [];
  let during: () => Promise<void> = async () => {};
  let cut: string | null = null;
  const forced: { pattern: RegExp; told: Told; left: number }[] = [];
  const routes = parts.routes.map(([method, pattern, answer]) => ({ method, matcher: matcherOf(pattern), answer }));
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    duringGit: (run) => {
      during = run;
    },
    cutNext: (method) => {
      cut = method;
    },
    answerAsUsual: () => void forced.splice(0),
    answerNext: (pattern, told, times = 1) => void forced.push({ pattern, told, left: times }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    const isGit = GIT_REQUEST.test(pathname) && !pathname.startsWith('/api/');
    const { authorization } = request.headers;
    const text = isGit ? '' : bytes.toString('utf8');
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    const body = isForm || text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    requests.push({ method, path: pathname + (searchParams.size > 0 ? `?${searchParams}` : ''), authorization, body });
    if (isGit) await during();
    const force = forced.find(({ pattern, left }) => left > 0 && pattern.test(pathname));
    if (force) {
      force.left--;
      return tell(response, force.told);
    }
    if (isGit) return answerGit(request, bytes, pathname, response);
    const asked: Asked = {
      method,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body,
      form: new URLSearchParams(isForm ? text : ''),
      of: {},
    };
    const told = parts.guard(asked) ?? routeOf(asked);
    if (cut === method) {
      cut = null;
      return void response.destroy();
    }
    const headers = { ...parts.headersOf(asked), ...told.headers };
    const etag = `W/"${createHash('sha256')
      .update(JSON.stringify(told.body ?? null))
      .digest('hex')}"`;
    const hasTag = method === 'GET' && (told.status ?? 200) === 200 && told.html === undefined;
    if (hasTag && request.headers['if-none-match'] === etag) return tell(response, { status: 304, headers });
    tell(response, { ...told, headers: { ...headers, ...(hasTag && { etag }) } });
  }

  function routeOf(asked: Asked): Told {
    for (const { method, matcher, answer: route } of routes) {
      const of = method === asked.method ? matcher(asked.path) : null;
      if (of) return route({ ...asked, of });
    }
    return parts.notFound;
  }

  function answerGit(request: IncomingMessage, body: Buffer, pathname: string, response: ServerResponse): void {
    const path = pathname.replace(GIT_REQUEST, '').slice(1);
    const opened = parts.openGit(path, credentialsOf(request.headers.authorization));
    if (typeof opened === 'number') {
      const headers: Record<string, string> =
        opened === 401 ? { 'www-authenticate': `Basic realm="${parts.realm}"` } : {};
      response.writeHead(opened, { 'content-type': 'text/plain', ...headers }).end('Repository not found.\n');
      return;
    }
    // The backend finds the repository by its own path.
    const { search } = new URL(request.url ?? '/', url);
    request.url = `/${GIT_REQUEST.exec(pathname)?.groups?.service}${search}`;
    runBackend(opened.gitDir, request, body, response);
  }
}

function tell(response: ServerResponse, { status = 200, body, headers = {}, html }: Told): void {
  const type = html === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(html ?? (body === undefined ? undefined : JSON.stringify(body)));
}

/** A pattern's `:name` is one part of a path, decoded. */
function matcherOf(pattern: string): (path: string) => Record<string, string> | null {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const matcher = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`);
  return (path) => {
    const match = matcher.exec(path);
    return match && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]));
  };
}

export function bearerOf({ authorization }: IncomingMessage['headers']): string | null {
  return /^(?:Bearer|token) (?<token>.+)$/i.exec(authorization ?? '')?.groups?.token ?? null;
}

function credentialsOf(authorization: string | undefined): { user: string; password: string } | null {
  const basic = /^Basic (?<pair>.+)$/i.exec(authorization ?? '')?.groups?.pair;
  if (!basic) return null;
  const [user = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { user, password: rest.join(':') };
}

/** One page of a list, by `page` and `per_page`. */
export function pageOf<Item>(
  query: URLSearchParams,
  items: readonly Item[],
): { items: Item[]; page: number; perPage: number; last: number } {
  const page = Math.max(1, Number(query.get('page') ?? 1));
  const perPage = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30)));
  const last = Math.max(1, Math.ceil(items.length / perPage));
  return { items: items.slice((page - 1) * perPage, page * perPage), page, perPage, last };
}

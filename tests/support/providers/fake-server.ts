import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are of any shape; the fakes check what their hosts check
  body: any;
  /** What the groups of the route's pattern took, decoded. */
  params: string[];
}

export interface Answered {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON; text as it is. */
  body?: unknown;
}

export type Route = [method: string, path: RegExp, answer: (asked: Asked) => Answered];

export interface FakeServer extends AsyncDisposable {
  url: string;
  requests: Asked[];
  /** The next request is answered so, whatever it asks. */
  answerNext: (answered: Answered) => void;
  /** The next request of this method is carried out, and its answer never arrives. */
  cutNext: (method: string) => void;
}

/** An HTTP server of routes. `before` may answer in their place; `otherwise` answers what no route knows. */
export async function startFakeServer(
  routes: (url: string) => readonly Route[],
  before: (asked: Asked) => Answered | null,
  otherwise: Answered,
): Promise<FakeServer> {
  const requests: Asked[] = [];
  const queue: Answered[] = [];
  let cut: string | null = null;
  let known: readonly Route[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const sent = await text(request);
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: sent === '' ? null : JSON.parse(sent),
      params: [],
    };
    requests.push(asked);
    const { status = 200, headers = {}, body } = queue.shift() ?? before(asked) ?? answer(known, asked) ?? otherwise;
    if (cut === asked.method) {
      cut = null;
      return void response.destroy();
    }
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
    response.end(body === undefined ? '' : isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  known = routes(url);
  return {
    url,
    requests,
    answerNext: (answered) => queue.push(answered),
    cutNext: (method) => {
      cut = method;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(routes: readonly Route[], asked: Asked): Answered | null {
  for (const [method, pattern, run] of routes) {
    const found = method === asked.method && pattern.exec(asked.path);
    if (found) return run({ ...asked, params: found.slice(1).map(decodeURIComponent) });
  }
  return null;
}

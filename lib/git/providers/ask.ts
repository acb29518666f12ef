import type { Response } from 'undici';
import type * as z from 'zod';
import { AppError } from '@/lib/errors';
import type { PageOf, ProviderClient } from './provider';
import type { ProviderRequest } from './provider-fetch';

export interface Question {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
}

export interface Answer<Value> {
  value: Value;
  headers: Response['headers'];
}

type AskedAs = Pick<ProviderRequest, 'kind'> & { headers?: Record<string, string> };

const LAST_PAGE = 10_000;

/** The address below `root` with a query; `parts` are encoded one by one. */
export function addressOf(root: string, parts: readonly (string | number)[], query: Question['query'] = {}): URL {
  const url = new URL(`${root}/${parts.map((part) => encodeURIComponent(part)).join('/')}`);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url;
}

/** Asks, and reads the answer as JSON of this shape; throws `provider_unavailable` when it is of another one. */
export async function askFor<Schema extends z.ZodType>(
  client: ProviderClient,
  url: URL,
  schema: Schema,
  { method = 'GET', body, headers = {}, kind }: Omit<Question, 'query'> & AskedAs = {},
): Promise<Answer<z.output<Schema>>> {
  const response = await client.fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(kind && { kind }),
  });
  const text = await response.text();
  const parsed = schema.safeParse(readJson(text, response.status));
  if (!parsed.success) {
    const { path = [] } = parsed.error.issues[0] ?? {};
    throw new AppError('provider_unavailable', `${url.host} answers in a shape that is not known (${path.join('.')})`, {
      details: { host: url.host },
    });
  }
  return { value: parsed.data, headers: response.headers };
}

function readJson(text: string, status: number): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('provider_unavailable', `the host answers ${status} with something that is no JSON`);
  }
}

/** Cursors are numbers of pages: what a host links to is never followed. */
export function pageNumber({ cursor }: PageOf): number {
  if (cursor === undefined) return 1;
  const page = /^\d{1,5}$/.test(cursor) ? Number(cursor) : 0;
  if (page < 1 || page > LAST_PAGE) throw new AppError('invalid_request', 'the cursor is of no page');
  return page;
}

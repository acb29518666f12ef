import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { type Answer, addressOf, askFor, type Question } from '../ask';
import { basic } from '../basic';
import type { Credential, Page, PageOf, ProviderClient } from '../provider';

const PER_PAGE = 100;
const FURTHEST = 10_000_000;

/** HTTP access tokens are sent as they are; a password goes with its name. */
export function authorizationOf(credential: Credential): string {
  const username = credential.kind === 'token' ? credential.username : undefined;
  return username ? basic(username, credential.token) : `Bearer ${credential.token}`;
}

export function ask<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  question: Question = {},
): Promise<Answer<z.output<Schema>>> {
  return askAt(client, 'api', parts, schema, question);
}

/** Asks the API of Code Insights. */
export function askInsights<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  question: Question = {},
): Promise<Answer<z.output<Schema>>> {
  return askAt(client, 'insights', parts, schema, question);
}

function askAt<Schema extends z.ZodType>(
  client: ProviderClient,
  api: 'api' | 'insights',
  parts: readonly (string | number)[],
  schema: Schema,
  { query, ...question }: Question,
): Promise<Answer<z.output<Schema>>> {
  const { credential, baseUrl } = client;
  const headers = { accept: 'application/json', ...(credential && { authorization: authorizationOf(credential) }) };
  return askFor(client, addressOf(`${baseUrl}/rest/${api}/latest`, parts, query), schema, { ...question, headers });
}

/** Pages begin where the page before says, not at a multiple of their size. */
export async function askPage<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  item: Schema,
  { query = {}, page, limit = PER_PAGE }: { query?: Question['query']; page: PageOf; limit?: number },
): Promise<Page<z.output<Schema>>> {
  const shape = z.object({
    values: z.array(item),
    isLastPage: z.boolean(),
    nextPageStart: z.number().int().nullish(),
  });
  const { value } = await ask(client, parts, shape, { query: { ...query, limit, start: startOf(page) } });
  const next = value.isLastPage ? null : (value.nextPageStart ?? null);
  return { items: value.values, nextCursor: next === null ? null : String(next) };
}

function startOf({ cursor }: PageOf): number {
  if (cursor === undefined) return 0;
  const start = /^\d{1,8}$/.test(cursor) ? Number(cursor) : FURTHEST;
  if (start >= FURTHEST) throw new AppError('invalid_request', 'the cursor is of no page');
  return start;
}

/** The parts of a repository's address in the API. Throws `provider_not_found` for a path that cannot be of one. */
export function partsOf(path: string): ['projects', string, 'repos', string] {
  const [project = '', slug = '', ...rest] = path.split('/');
  const isNamed = /^~?(?!\.+$)[\w.-]{1,128}$/.test(project) && /^(?!\.+$)[\w.-]{1,128}$/.test(slug);
  if (rest.length > 0 || !isNamed) throw new AppError('provider_not_found', 'a repository is named PROJECT/name');
  return ['projects', project, 'repos', slug];
}

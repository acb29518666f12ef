import type * as z from 'zod';
import { AppError } from '@/lib/errors';
import { type Answer, addressOf, askFor, pageNumber, type Question } from '../ask';
import type { Page, PageOf, ProviderClient } from '../provider';

const PER_PAGE = 100;

/** Asks the API of the client's host. @param parts of the path, each encoded by itself: a project's path is one */
export function ask<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, ...question }: Question = {},
): Promise<Answer<z.output<Schema>>> {
  const { credential, baseUrl } = client;
  const headers = { accept: 'application/json', ...(credential && { authorization: `Bearer ${credential.token}` }) };
  return askFor(client, addressOf(`${baseUrl}/api/v4`, parts, query), schema, { ...question, headers });
}

/** One page of a list. */
export async function askPage<Schema extends z.ZodType, Item>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, page, itemsOf }: { query?: Question['query']; page: PageOf; itemsOf: (value: z.output<Schema>) => Item[] },
): Promise<Page<Item>> {
  const number = pageNumber(page);
  const answer = await ask(client, parts, schema, { query: { ...query, per_page: PER_PAGE, page: number } });
  const next = answer.headers.get('x-next-page');
  const hasNext = next === null ? /\brel="next"/.test(answer.headers.get('link') ?? '') : next !== '';
  return { items: itemsOf(answer.value), nextCursor: hasNext ? String(number + 1) : null };
}

/** `projects` and the project's path for an address. Throws `provider_not_found` for a path that cannot be of a project. */
export function projectOf(path: string): [string, string] {
  const parts = path.split('/');
  if (parts.length < 2 || !parts.every((part) => /^[\w.-]{1,255}$/.test(part) && !/^\.+$/.test(part))) {
    throw new AppError('provider_not_found', 'a project is named group/name');
  }
  return ['projects', path];
}

import type * as z from 'zod';
import { AppError } from '@/lib/errors';
import { type Answer, addressOf, askFor, pageNumber, type Question } from '../ask';
import type { Page, PageOf, ProviderClient } from '../provider';

/** The most that Gitea and Forgejo give at once unless they are told otherwise (`MAX_RESPONSE_ITEMS`). */
export const PER_PAGE = 50;
const NAME = /^(?!\.+$)[\w.-]{1,100}$/;

export function ask<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, ...question }: Question = {},
): Promise<Answer<z.output<Schema>>> {
  const { credential, baseUrl } = client;
  const headers = { accept: 'application/json', ...(credential && { authorization: `token ${credential.token}` }) };
  return askFor(client, addressOf(`${baseUrl}/api/v1`, parts, query), schema, { ...question, headers });
}

export async function askPage<Schema extends z.ZodType<readonly unknown[]>>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, page }: { query?: Question['query']; page: PageOf },
): Promise<Page<z.output<Schema>[number]>> {
  const number = pageNumber(page);
  const { value, headers } = await ask(client, parts, schema, { query: { ...query, limit: PER_PAGE, page: number } });
  return { items: [...value], nextCursor: hasNext(headers, number) ? String(number + 1) : null };
}

/** `Link` where the server knows its own address, else the count of all. */
function hasNext(headers: Answer<unknown>['headers'], page: number): boolean {
  const link = headers.get('link');
  if (link !== null) return /\brel="next"/.test(link);
  return Number(headers.get('x-total-count') ?? 0) > page * PER_PAGE;
}

/** `owner` and `name` for an address. Throws `provider_not_found` for a path that cannot be of a repository. */
export function partsOf(path: string): [string, string] {
  const [owner = '', name = '', ...rest] = path.split('/');
  if (rest.length > 0 || !NAME.test(owner) || !NAME.test(name)) {
    throw new AppError('provider_not_found', 'a repository is named owner/name');
  }
  return [owner, name];
}

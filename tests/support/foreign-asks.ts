import fc from 'fast-check';
import type { Ids, Tenant } from './tenants';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: { enum?: unknown[]; items?: { enum?: unknown[] } };
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { example?: unknown }> };
}

export interface Route {
  method: string;
  path: string;
  query: Parameter[];
  /** A body that is right; undefined where there is none. */
  example: unknown;
}

export interface Ask {
  route: Route;
  ids: Ids;
  query: [name: string, value: string][];
  headers: [name: string, value: string][];
  body: unknown;
}

/** Not ids of a tenant. */
const COMMON: Ids = {
  magic: 'integrity',
  owner: 'acme',
  token: 'not-the-link',
  version: '1',
  provider: 'github',
  webhookId: 'none',
};
/** Values of queries that a route does not go without. */
const REQUIRED: Ids = { commit: 'a'.repeat(40), format: 'json' };
/** Headers that name something, whether or not a route says that it reads them. */
const HEADERS = ['if-match', 'if-none-match', 'idempotency-key', 'x-team-id', 'x-project-id', 'referer', 'cookie'];
const MOST_PLACES = 3;

/** Every route of an OpenAPI document. */
export function routesOf(paths: object | undefined): Route[] {
  return Object.entries(paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters?.filter((one) => one.in === 'query') ?? [],
      example: Object.values(requestBody?.content ?? {})[0]?.example,
    })),
  );
}

/** As somebody of the tenant asks for what is theirs. */
export function ownAsk(route: Route, ids: Ids, more: Ask['query'] = []): Ask {
  const must = route.query.filter(({ required }) => required);
  const query = must.map(({ name }): [string, string] => [name, REQUIRED[name] ?? '']);
  return { route, ids, query: [...query, ...more], headers: [], body: route.example };
}

interface Given {
  asker: Tenant;
  victim: Tenant;
  /** Other texts of the victim. */
  words: readonly string[];
}

/** Questions that put ids of the victim, and texts where they are not kept, into any place of any of the routes. */
export function foreignAsks(routes: readonly Route[], { asker, victim, words }: Given): fc.Arbitrary<Ask> {
  const theirs = Object.values(victim.ids);
  const mine = Object.values(asker.ids);
  const forged = theirs.flatMap((id) => [[id], ['', id], [1, id], [id, id]]).map(toCursor);
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...theirs) },
    { weight: 1, arbitrary: fc.constantFrom(...mine) },
    { weight: words.length > 0 ? 3 : 0, arbitrary: fc.constantFrom(...words, '') },
    { weight: 1, arbitrary: fc.constantFrom(...forged) },
  );
  return fc.constantFrom(...routes).chain((route) =>
    fc.record({
      route: fc.constant(route),
      ids: fc.record(Object.fromEntries(namesIn(route).map((name) => [name, idOf(name)]))),
      query: queryOf(route),
      headers: fc.array(fc.tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...theirs)), { maxLength: 1 }),
      body: bodyOf(route),
    }),
  );

  function idOf(name: string): fc.Arbitrary<string> {
    const own = asker.ids[name];
    if (own === undefined) return fc.constantFrom(COMMON[name] ?? '', ...theirs);
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant(own) },
      { weight: 3, arbitrary: fc.constant(victim.ids[name] ?? '') },
      { weight: 1, arbitrary: fc.constantFrom(...theirs) },
    );
  }

  function queryOf(route: Route): fc.Arbitrary<Ask['query']> {
    const must = ownAsk(route, {}).query;
    const open = route.query.filter(({ required }) => !required);
    const named = open.map(({ name, schema }) => {
      const known = [...(schema?.enum ?? []), ...(schema?.items?.enum ?? [])].map(String);
      return fc.tuple(fc.constant(name), known.length > 0 ? fc.oneof(fc.constantFrom(...known), value) : value);
    });
    const unnamed = fc.tuple(fc.constantFrom('teamId', 'projectId', 'auditId', 'userId', 'include'), value);
    const formats = route.query.find(({ name }) => name === 'format')?.schema?.enum?.map(String) ?? [];
    const rest = fc.array(fc.oneof(...named, unnamed), { maxLength: MOST_PLACES });
    return fc
      .tuple(rest, fc.constantFrom('', ...formats))
      .map(([pairs, format]) => [
        ...must.map(([name, text]): [string, string] => [name, name === 'format' && format ? format : text]),
        ...pairs,
      ]);
  }

  function bodyOf({ example }: Route): fc.Arbitrary<unknown> {
    if (typeof example !== 'object' || example === null) return fc.constant(example);
    const places = leavesOf(example);
    const names = fc.constantFrom(...Object.keys(victim.ids), 'assigneeId', 'ownerId', 'id');
    const unknown = fc.dictionary(
      fc.oneof(
        names,
        names.map((name) => `${name}s`),
      ),
      fc.oneof(
        value,
        value.map((id) => [id]),
      ),
      { maxKeys: 2 },
    );
    // Bodies are strict: with a key that a route does not know the rest is not looked at.
    const added = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: unknown });
    const put =
      places.length === 0 ? fc.constant([]) : fc.subarray(places, { maxLength: Math.min(MOST_PLACES, places.length) });
    return fc
      .tuple(put, fc.array(value, { minLength: MOST_PLACES, maxLength: MOST_PLACES }), added)
      .map(([chosen, values, more]) => ({
        ...chosen.reduce<object>((body, place, at) => withLeaf(body, place, values[at]), example),
        ...more,
      }));
  }
}

/** The victim's ids that the path names. */
export function isForeignPath({ route, ids }: Ask, victim: Tenant): boolean {
  const theirs = new Set(Object.values(victim.ids));
  return namesIn(route).some((name) => theirs.has(ids[name] ?? ''));
}

export function addressOf({ route, ids, query }: Ask): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(ids[name] ?? COMMON[name] ?? ''),
  );
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query)}`;
}

/** All that the asker said themselves: an answer may repeat it. */
export function toldBy({ ids, query, headers, body }: Ask): string {
  const decoded = query.map(([, text]) => Buffer.from(text, 'base64url').toString('utf8'));
  return JSON.stringify([Object.values(ids), query, decoded, headers, body]);
}

export function namesIn({ path }: Route): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

function toCursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

type Place = readonly (string | number)[];

/** Where texts stand, and lists of texts that are empty. */
function leavesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
  );
}

function withLeaf(value: unknown, [first, ...rest]: Place, leaf: unknown): object {
  const copy: Record<string | number, unknown> = (
    Array.isArray(value) ? [...value] : { ...(value as object) }
  ) as never;
  if (first !== undefined) copy[first] = rest.length === 0 ? leaf : withLeaf(copy[first], rest, leaf);
  return copy;
}

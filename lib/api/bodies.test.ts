import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { app } from './app';

const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
);
const bodies = routes.flatMap(({ method, path, request }) => {
  const content: Record<string, object | undefined> = request?.body?.content ?? {};
  const { schema } = { schema: null, ...content['application/json'] };
  return schema ? [{ id: `${method.toUpperCase()} ${path}`, schema: schema as z.ZodType }] : [];
});

/** Objects in it that drop keys they do not know, by their place. */
function looseObjects(schema: z.ZodType, place = 'body'): string[] {
  if (schema instanceof z.ZodObject) {
    const isStrict = schema.def.catchall instanceof z.ZodNever;
    const inside = Object.entries(schema.shape).flatMap(([key, item]) => looseObjects(item, `${place}.${key}`));
    return isStrict ? inside : [place, ...inside];
  }
  const { def } = schema as unknown as { def: Record<string, unknown> };
  return ['innerType', 'element', 'valueType', 'options', 'left', 'right', 'in', 'out']
    .flatMap((name) => def[name] ?? [])
    .flatMap((inner) => looseObjects(inner as z.ZodType, place));
}

test('there are many bodies', () => {
  expect(bodies.length).toBeGreaterThan(40);
});

describe.each(bodies)('the body of $id', ({ schema }) => {
  test('refuses keys that it does not know, at every depth', () => {
    expect(looseObjects(schema)).toEqual([]);
  });
});

/** Texts in it that are names, by their place. */
function namesIn(schema: z.ZodType, place = 'body'): [string, z.ZodType][] {
  if (schema instanceof z.ZodString) return /[nN]ame$/.test(place) ? [[place, schema]] : [];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, item]) => namesIn(item, `${place}.${key}`));
  const { def } = schema as unknown as { def: Record<string, unknown> };
  return ['innerType', 'element', 'valueType', 'options', 'in', 'out']
    .flatMap((name) => def[name] ?? [])
    .flatMap((inner) => namesIn(inner as z.ZodType, place));
}

/** Names at a host, which are compared with what is there and never shown as ours. */
const FOREIGN = new Set(['body.username']);

const names = bodies.flatMap(({ id, schema }) =>
  namesIn(schema).flatMap(([place, name]) => (FOREIGN.has(place) ? [] : [{ id: `${id} ${place}`, name }])),
);

test('people name many things', () => {
  expect(names.length).toBeGreaterThan(10);
});

describe.each(names)('$id', ({ name }) => {
  test.each(['ad\u202emin', 'ad\u200bmin', '\u2066a', 'a\u200d', 'a\u{e0061}', 'a\u00adb', 'a\u0085b'])(
    'is no name where %j is not all seen',
    (text) => {
      expect(name.safeParse(text).success).toBe(false);
    },
  );

  test.each(['Kai 👩🏽‍💻', 'می‌خواهم', '見張り役', 'שלום'])('is %s', (text) => {
    expect(name.safeParse(text).success).toBe(true);
  });
});

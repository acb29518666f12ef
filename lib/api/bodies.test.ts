import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { app } from './app';

const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
);
const bodies = routes.flatMap(({ method, path, request }) => {
  const schema = request?.body?.content['application/json']?.schema;
  return schema ? [{ id: `${method.toUpperCase()} ${path}`, schema: schema as unknown as z.ZodType }] : [];
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

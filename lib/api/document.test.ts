import { describe, expect, test } from 'vitest';
import { apiDocument } from './app';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; description?: string }[];
  requestBody?: { content: Record<string, { schema?: object; example?: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: object }> }>;
}

const routes = Object.entries(apiDocument().paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods ?? {}).map(([method, operation]) => ({
    id: `${method.toUpperCase()} ${path}`,
    path,
    operation: operation as Operation,
  })),
);

/** Of a route that is well described, the codes its problems can have beside its own. */
function leastCodes({ path, operation }: (typeof routes)[number]): string[] {
  // A picture is answered with a picture, also where there is nothing to show.
  if (operation.responses['200']?.content?.['image/svg+xml']) return ['invalid_request', 'rate_limited', 'internal'];
  // What a Git host sends is signed, or refused in one and the same way.
  if (path.includes('/webhooks/')) return ['unauthenticated', 'invalid_request', 'payload_too_large', 'internal'];
  // Kinds of workers are known to everybody: there is none that is not found.
  if (path.endsWith('/scaling/{kind}') && !operation.security)
    return ['unauthenticated', 'invalid_request', 'internal'];
  return [
    ...(operation.security ? ['unauthenticated', 'rate_limited'] : []),
    ...(path.includes('{') ? ['not_found', 'forbidden', 'invalid_request'] : []),
    ...(operation.requestBody ? ['invalid_request', 'payload_too_large'] : []),
    ...(path.includes('/health/live') || path.includes('/health/ready') ? [] : ['internal']),
  ];
}

describe.each(routes)('the document of $id', (route) => {
  const { operation } = route;
  const answers = Object.entries(operation.responses);

  test('says what the route is for, under a heading', () => {
    expect(operation.summary).toMatch(/^[A-Z].{8,}[^.]$/);
    expect(operation.tags).toHaveLength(1);
  });

  test('explains every parameter', () => {
    const silent = (operation.parameters ?? []).filter(({ description }) => !description);

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('shows a body that the route would take', () => {
    for (const [type, { schema, example }] of Object.entries(operation.requestBody?.content ?? {})) {
      const isFile = type === 'application/octet-stream';
      expect([type, schema, example]).toEqual([
        isFile ? type : 'application/json',
        expect.any(Object),
        isFile ? expect.any(String) : expect.any(Object),
      ]);
    }
  });

  test('has one success, and a schema for it unless it is empty', () => {
    const [success, ...more] = answers.filter(([status]) => status.startsWith('2'));

    expect(more).toEqual([]);
    const schemas = Object.values(success?.[1].content ?? {}).map(({ schema }) => schema);
    expect(schemas).toEqual(success?.[0] === '204' ? [] : [expect.any(Object)]);
  });

  test('names the problems it can answer with by their codes', () => {
    const problems = answers.filter(([, { content }]) => content?.['application/problem+json']);
    const codes = problems.flatMap(([, { description }]) => description.split(', '));

    expect(codes).toEqual(expect.arrayContaining(leastCodes(route)));
  });
});

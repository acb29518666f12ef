import { createRoute, z } from '@hono/zod-openapi';
import { BadgeRequest } from '@/lib/schemas/badges';
import { getBadge } from '@/lib/services/badges';
import { api, problems } from './api';

/** Seconds for which a badge may be kept by whoever shows it. */
const FRESH_SECONDS = 300;
const svg = { 'image/svg+xml': { schema: z.string() } };

/** Shown on pages of others: nobody needs to be signed in. */
export const badges = api().openapi(
  createRoute({
    method: 'get',
    path: '/projects/{projectId}/badge.svg',
    summary: 'The badge of a project that made it public',
    description:
      'For anybody. Projects that are private, unknown or deleted give one and the same answer: 404 with a badge that says “unknown”.',
    tags: ['Projects'],
    request: {
      params: z.object({ projectId: z.string().max(100).describe('From the address of the project') }),
      query: BadgeRequest,
    },
    responses: {
      200: { description: 'OK', content: svg },
      304: { description: 'As `If-None-Match` says' },
      404: { description: 'No public badge', content: svg },
      ...problems('invalid_request', 'rate_limited'),
    },
  }),
  async (c) => {
    const badge = await getBadge(c.env?.clientAddress, c.req.valid('param').projectId, c.req.valid('query'));
    const headers = {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': `public, max-age=${FRESH_SECONDS}`,
      'cross-origin-resource-policy': 'cross-origin',
      etag: badge.etag,
    };
    if (!badge.isKnown) return c.body(badge.svg, 404, headers) as never;
    if (isSame(c.req.header('if-none-match'), badge.etag)) return c.body(null, 304, headers) as never;
    return c.body(badge.svg, 200, headers) as never;
  },
);

function isSame(asked: string | undefined, etag: string): boolean {
  const tags = asked?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

import { createRoute } from '@hono/zod-openapi';
import { MagicCatalogue } from '@/lib/schemas/magics';
import { listMagics } from '@/lib/services/magics';
import { api, json, problems } from './api';

export const magics = api().openapi(
  createRoute({
    method: 'get',
    path: '/magics',
    summary: 'The eight magics and their rules',
    tags: ['Magics'],
    responses: { 200: json(MagicCatalogue), ...problems() },
  }),
  (c) => c.json({ items: listMagics() }, 200, { 'cache-control': 'public, max-age=60' }),
);

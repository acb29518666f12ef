import { createRoute, z } from '@hono/zod-openapi';
import { ShareLinkCreated, ShareLinkList, ShareLinkRequest } from '@/lib/schemas/share-links';
import { createShareLink, listShareLinks, revokeShareLink } from '@/lib/services/share-links';
import { AuditParams, api, body, json, problems, security } from './api';

const tags = ['Audits'];

export const shareLinks = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/audits/{auditId}/share-links',
      summary: 'List the live links to the report of an audit',
      description: 'Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: { params: AuditParams },
      responses: {
        200: json(ShareLinkList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listShareLinks(c.var.ctx, c.req.valid('param').auditId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/audits/{auditId}/share-links',
      summary: 'Make a link to the report of an audit',
      description:
        'Takes the role member; a token needs the scope write. The link is shown once. Whoever holds it reads the report without signing in, until it expires, is revoked, or its maker is no member any more.',
      tags,
      security,
      request: { params: AuditParams, body: body(ShareLinkRequest, { expiresInDays: 7, includeCode: false }) },
      responses: {
        201: json(ShareLinkCreated, 'Made'),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'payload_too_large',
          'unprocessable',
        ),
      },
    }),
    async (c) => c.json(await createShareLink(c.var.ctx, c.req.valid('param').auditId, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/audits/{auditId}/share-links/{shareLinkId}',
      summary: 'Revoke a link to the report of an audit',
      description: 'Takes the role member; a token needs the scope write.',
      tags,
      security,
      request: { params: AuditParams.extend({ shareLinkId: z.uuid().describe('From the list of live links') }) },
      responses: {
        204: { description: 'Revoked' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { auditId, shareLinkId } = c.req.valid('param');
      await revokeShareLink(c.var.ctx, auditId, shareLinkId);
      return c.body(null, 204);
    },
  );

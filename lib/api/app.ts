import { OpenAPIHono } from '@hono/zod-openapi';
import { ERROR_STATUS, type ErrorCode } from '@/lib/errors';
import { account, setup } from './account';
import type { ApiEnv } from './api';
import { auditLog } from './audit-log';
import { audits } from './audits';
import { badges } from './badges';
import { limitBody } from './body-limit';
import { channels, mailChannels } from './channels';
import { cluster } from './cluster';
import { configuration } from './configuration';
import { connections } from './connections';
import { coverage, isCoverageUpload } from './coverage';
import { evidence, evidenceKeys } from './evidence';
import { exports } from './exports';
import { findings } from './findings';
import { health } from './health';
import { identities } from './identities';
import { imports, isImportUpload } from './imports';
import { invitationLinks, invitations } from './invitations';
import { magics } from './magics';
import { identifyAsker, requestHeaders, requireSignIn, separateTenants } from './middleware';
import { onError, onNotFound } from './on-error';
import { operations } from './operations';
import { ownRules } from './own-rules';
import { passwordResets } from './password-resets';
import { projects } from './projects';
import { queueLoad, scaling } from './scaling';
import { shareLinks } from './share-links';
import { ssh } from './ssh';
import { teams } from './teams';
import { tokens } from './tokens';
import { isDelivery, webhooks, webhooksIn } from './webhooks';

export const API_BASE = '/api/v1';
const MAX_BODY_BYTES = 1024 * 1024;

const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Ancient Elder API',
    version: '1',
    description: 'Register repositories, audit them, read results. Errors are problem+json (RFC 9457).',
  },
  servers: [{ url: '/' }],
};

/** The API. Mounted by the web process and by the Next.js catch-all route. */
export const app = createApp();

function createApp() {
  const root = new OpenAPIHono<ApiEnv>();
  root.onError(onError);
  root.notFound(onNotFound);
  root.use('*', separateTenants, requestHeaders);
  const limit = limitBody(MAX_BODY_BYTES);
  // Reports have a limit of their own, which begins once it is known who sends them.
  root.use('*', (c, next) => {
    const { method, path } = c.req;
    const hasOwn = isCoverageUpload(method, path) || isImportUpload(method, path) || isDelivery(method, path);
    return hasOwn ? next() : limit(c, next);
  });

  root.get(`${API_BASE}/openapi.json`, (c) => c.json(apiDocument()));
  for (const open of [health, queueLoad, magics, badges, evidenceKeys, setup, passwordResets, mailChannels, webhooksIn])
    root.route(API_BASE, open);
  root.use(`${API_BASE}/invitations/*`, identifyAsker);
  root.route(API_BASE, invitationLinks);
  root.use(`${API_BASE}/*`, identifyAsker, requireSignIn);
  for (const closed of [
    account,
    identities,
    auditLog,
    teams,
    invitations,
    ssh,
    connections,
    tokens,
    channels,
    ownRules,
    configuration,
    projects,
    coverage,
    imports,
    audits,
    evidence,
    exports,
    shareLinks,
    findings,
    webhooks,
    operations,
    scaling,
    cluster,
  ])
    root.route(API_BASE, closed);

  root.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  root.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'next-auth.session-token',
  });
  return root;
}

/** Codes a problem can carry, with their HTTP status. */
export const PROBLEM_CODES = Object.entries(ERROR_STATUS) as [ErrorCode, number][];

/** The OpenAPI 3.1 document, made from the routes' schemas. */
export function apiDocument() {
  document ??= app.getOpenAPI31Document(DOCUMENT);
  return document;
}

let document: ReturnType<typeof app.getOpenAPI31Document> | undefined;

import { env } from '@/lib/env';

/** No page, script or frame is made of what is not a page; pages bring a policy of their own. */
export const NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

let shared: Readonly<Record<string, string>> | undefined;

/** What every answer carries, errors included. */
export function securityHeaders(): Readonly<Record<string, string>> {
  shared ??= {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(env().PUBLIC_URL.startsWith('https://') && { 'strict-transport-security': 'max-age=31536000' }),
  };
  return shared;
}

/** What the web process sets before it hands a request on; the API and pages say more about theirs. */
export function headersFor(url: string): Record<string, string> {
  return {
    ...securityHeaders(),
    // Next.js lets browsers keep the files of a build, unless someone spoke before it.
    ...(!url.startsWith('/_next/') && { 'cache-control': 'no-store' }),
    // The address is the secret: no page that is left tells of it, and no index keeps it.
    ...(url.startsWith('/shared/') && { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }),
    ...(url.startsWith('/api/') && { 'content-security-policy': NO_CONTENT_POLICY }),
  };
}

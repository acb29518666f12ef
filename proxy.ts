import { type NextRequest, NextResponse } from 'next/server';

/** A policy per page view: only scripts and styles that carry its nonce run. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, formHostOf(request.nextUrl));

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  // Where to come back to after signing in; a value sent by the browser is overwritten.
  headers.set('x-elder-path', request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** The page that makes an App at a Git host sends its one form there, and to no other host. */
function formHostOf({ pathname, searchParams }: URL): string | null {
  const host = /^\/teams\/[\da-f-]{36}\/hosts\/app$/.test(pathname) ? searchParams.get('host')?.trim() : null;
  if (!host || !URL.canParse(host)) return null;
  const { protocol, origin } = new URL(host);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}

function contentSecurityPolicy(nonce: string, formHost: string | null): string {
  // biome-ignore lint/style/noProcessEnv: replaced at build time; lib/env.ts needs Node, a proxy may run without
  const isDevelopment = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Bars and charts set their length in a style attribute; no style element runs through this.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    `form-action 'self'${formHost === null ? '' : ` ${formHost}`}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = {
  matcher: [{ source: '/((?!api/|socket.io/|_next/static|_next/image|favicon.ico|icon.svg).*)' }],
};

import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { ADDRESS_HEADER, passedAddress } from './client-address';
import { hasSecureCookies, sessionCredential } from './credential';
import { findIdentity } from './identity';
import { identityProviders } from './identity-providers';
import { endSession, SESSION_MAX_AGE_SECONDS } from './sessions';
import { signInWithPassword } from './sign-in';
import { type ProviderUser, signInFromProvider } from './sign-in-from-provider';

/**
 * Options of next-auth: e-mail and password, and the identity providers of the settings; the cookie is encrypted and
 * names a session that we keep. `headers` are those of the request.
 */
export function authOptions(headers: Headers = new Headers()): NextAuthOptions {
  return {
    secret: env().AUTH_SECRET,
    useSecureCookies: hasSecureCookies(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials, request) =>
          signInWithPassword({
            email: String(credentials?.email ?? ''),
            password: String(credentials?.password ?? ''),
            address: passedAddress(request.headers?.[ADDRESS_HEADER]),
            cookie: request.headers?.cookie ?? null,
            userAgent: request.headers?.['user-agent'] ?? null,
          }),
      }),
      ...identityProviders(),
    ],
    callbacks: {
      signIn: async ({ user, account }) => {
        if (account?.type !== 'oauth') return true;
        const entry = await signInFromProvider(user as ProviderUser, {
          provider: account.provider,
          address: passedAddress(headers.get(ADDRESS_HEADER)),
          cookie: headers.get('cookie'),
          userAgent: headers.get('user-agent'),
        });
        if (typeof entry === 'string') return entry;
        Object.assign(user, entry);
        return true;
      },
      jwt: async ({ token, user }) => {
        if (user) return { ...token, sub: user.id, sessionId: user.sessionId };
        // next-auth would renew the cookie of an ended session; what is thrown here makes it remove the cookie.
        const credential = sessionCredential(token.sessionId);
        if (credential && (await findIdentity(credential))) return token;
        throw new AppError('unauthenticated', 'the session has ended');
      },
      redirect: ({ url, baseUrl }) => sameSite(url, baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        const credential = sessionCredential(token?.sessionId);
        if (credential) await endSession(credential.id);
      },
    },
    logger: {
      error: (code) => logger().warn({ code }, 'sign-in library reports an error'),
      warn: (code) => logger().debug({ code }, 'sign-in library warns'),
      debug: () => undefined,
    },
  };
}

/** The library hands back what it made of a path before; whatever leads elsewhere leads home. */
function sameSite(url: string, baseUrl: string): string {
  const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
  const isPath = path.startsWith('/') && !/^\/[/\\]|[\p{Cc}\\]/u.test(path);
  return isPath ? baseUrl + path : baseUrl;
}

declare module 'next-auth' {
  interface User {
    id: string;
    sessionId: string;
  }
}

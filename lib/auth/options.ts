import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { env } from '@/lib/env';
import { ADDRESS_HEADER, passedAddress } from './client-address';
import { signInWithPassword } from './sign-in';

export const SESSION_MAX_AGE_SECONDS = 7 * 24 * 3600;

/** Options of next-auth: e-mail and password, sessions as encrypted cookies. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().AUTH_SECRET,
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
          }),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sub: user.id, epoch: user.epoch } : token),
      redirect: ({ url, baseUrl }) => (url.startsWith('/') && !url.startsWith('//') ? baseUrl + url : baseUrl),
    },
  };
}

declare module 'next-auth' {
  interface User {
    id: string;
    epoch: number;
  }
}

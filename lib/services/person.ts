import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';

/** The asker, who must sit at a browser: a token, however far it reaches, does not act for the person themselves. */
export function requirePerson(ctx: Context): string {
  if (!ctx.userId) throw new AppError('unauthenticated', 'no one is signed in');
  if (ctx.scopes) throw new AppError('forbidden', 'this takes a person who is signed in, not a token');
  return ctx.userId;
}

import { notFound } from 'next/navigation';
import { type PageContext, pageContext } from '@/lib/auth/page-context';

/** The team of the address, for who is in it; to all others it does not exist. */
export async function teamOfAddress(params: Promise<{ teamId: string }>): Promise<PageContext> {
  const [{ teamId }, context] = await Promise.all([params, pageContext()]);
  const team = context.teams.find(({ id }) => id === teamId) ?? notFound();
  return { ...context, team };
}

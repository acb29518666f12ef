import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import * as z from 'zod';
import { pageContext } from '@/lib/auth/page-context';
import { findFinding } from '@/lib/services/findings';

const Id = z.uuid();

/** The finding an address asks for; null when it asks for none. */
export const loadFinding = cache(async (projectId: string, findingId: string | null) => {
  if (!findingId) return null;
  const { ctx } = await pageContext();
  const finding = Id.safeParse(findingId).success ? await findFinding(ctx, projectId, findingId) : null;
  return finding ?? notFound();
});

/** A layout is not told what stands behind the question mark. */
export async function askedFinding(): Promise<string | null> {
  const path = (await headers()).get('x-elder-path') ?? '';
  return new URLSearchParams(path.split('?')[1]).get('finding');
}

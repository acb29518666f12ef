import { notFound } from 'next/navigation';
import { cache } from 'react';
import * as z from 'zod';
import { pageContext } from '@/lib/auth/page-context';
import { orNull } from '@/lib/services/or-null';
import { getProjectOverview } from '@/lib/services/projects';

const Id = z.uuid();

/** The project of an address, read once for the page and its title. */
export const loadOverview = cache(async (projectId: string) => {
  const { ctx } = await pageContext();
  const overview = Id.safeParse(projectId).success ? await orNull(getProjectOverview(ctx, projectId)) : null;
  return overview ?? notFound();
});

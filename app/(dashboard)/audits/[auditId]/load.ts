import { notFound } from 'next/navigation';
import { cache } from 'react';
import * as z from 'zod';
import { pageContext } from '@/lib/auth/page-context';
import { getAudit } from '@/lib/services/audits';
import { orNull } from '@/lib/services/or-null';

const Id = z.uuid();

/** The audit of an address, read once for the page and its title. */
export const loadAudit = cache(async (auditId: string) => {
  const { ctx } = await pageContext();
  const audit = Id.safeParse(auditId).success ? await orNull(getAudit(ctx, auditId)) : null;
  return audit ?? notFound();
});

import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import type { Context } from './context';
import type { Role } from './permissions';
import { authenticate } from './session';

export const TEAM_COOKIE = 'elder-team';

export interface PageContext {
  ctx: Context;
  user: { id: string; name: string; email: string };
  teams: { id: string; name: string; role: Role }[];
  /** The team chosen last, else the first. */
  team: { id: string; name: string; role: Role };
}

/** Who looks at the page; null when nobody is signed in. */
export const findPageContext = cache(async (): Promise<PageContext | null> => {
  const [headerList, cookieList] = await Promise.all([headers(), cookies()]);
  const requestId = headerList.get('x-request-id') ?? randomUUID();
  const ctx = await authenticate(headerList.get('cookie'), requestId, logger());
  if (!ctx.userId) return null;

  const user = await db().user.findUniqueOrThrow({
    where: { id: ctx.userId },
    select: {
      id: true,
      name: true,
      email: true,
      memberships: {
        select: { role: true, team: { select: { id: true, name: true } } },
        orderBy: { createdAt: 'asc' },
      },
    },
  });
  const { memberships, ...person } = user;
  const teams = memberships.map(({ role, team }) => ({ ...team, role }));
  const chosen = cookieList.get(TEAM_COOKIE)?.value;
  const team = teams.find(({ id }) => id === chosen) ?? teams[0];
  return team ? { ctx, user: person, teams, team } : null;
});

/** Sends people who are not signed in to the sign-in page. */
export async function pageContext(): Promise<PageContext> {
  const context = await findPageContext();
  if (context) return context;
  const path = (await headers()).get('x-elder-path') ?? '/projects';
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { ADDRESS_HEADER, passedAddress } from './client-address';
import type { Context } from './context';
import type { Role } from './permissions';
import { authenticate } from './session';
import { asPerson } from './tenants';

export const TEAM_COOKIE = 'elder-team';

export interface PageContext {
  ctx: Context;
  user: { id: string; name: string; email: string };
  teams: { id: string; name: string; role: Role }[];
  /** The team chosen last, else the first. */
  team: { id: string; name: string; role: Role };
}

/** Who looks at a page that anybody may see. */
export const findAsker = cache(async (): Promise<Context> => {
  const headerList = await headers();
  return authenticate(headerList.get('cookie'), {
    requestId: headerList.get('x-request-id') ?? randomUUID(),
    address: passedAddress(headerList.get(ADDRESS_HEADER)),
    log: logger(),
  });
});

/** Who looks at the page; null when nobody is signed in, or somebody who is in no team. */
export const findPageContext = cache(async (): Promise<PageContext | null> => {
  const [ctx, cookieList] = await Promise.all([findAsker(), cookies()]);
  if (!ctx.userId) return null;

  const { userId } = ctx;
  const user = await asPerson(userId, () =>
    db().user.findFirstOrThrow({
      where: { id: userId },
      select: {
        id: true,
        name: true,
        email: true,
        memberships: {
          select: { role: true, team: { select: { id: true, name: true } } },
          orderBy: { createdAt: 'asc' },
        },
      },
    }),
  );
  const { memberships, ...person } = user;
  const teams = memberships.map(({ role, team }) => ({ ...team, role }));
  const chosen = cookieList.get(TEAM_COOKIE)?.value;
  const team = teams.find(({ id }) => id === chosen) ?? teams[0];
  return team ? { ctx, user: person, teams, team } : null;
});

/** Sends people who are not signed in to the sign-in page, and those without a team to where they can make one. */
export async function pageContext(): Promise<PageContext> {
  const context = await findPageContext();
  if (context) return context;
  if ((await findAsker()).userId) redirect('/no-team');
  const path = (await headers()).get('x-elder-path') ?? '/projects';
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/AppShell';
import { pageContext } from '@/lib/auth/page-context';
import { isInstanceOwner } from '@/lib/services/instance-owner';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { ctx, user, teams, team } = await pageContext();
  return (
    <AppShell user={user} teams={teams} team={team} ownsInstance={await isInstanceOwner(ctx)}>
      {children}
    </AppShell>
  );
}

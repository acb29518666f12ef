import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/AppShell';
import { pageContext } from '@/lib/auth/page-context';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { user, teams, team } = await pageContext();
  return (
    <AppShell user={user} teams={teams} team={team}>
      {children}
    </AppShell>
  );
}

import type { ReactNode } from 'react';
import { ShowTeam } from '@/components/shell/ShowTeam';
import { teamOfAddress } from './load';

interface TeamLayoutProps {
  children: ReactNode;
  params: Promise<{ teamId: string }>;
}

/** Outside the skeletons, so that a team that is not there is answered with 404 and not begun as a page. */
export default async function TeamLayout({ children, params }: TeamLayoutProps) {
  const { team } = await teamOfAddress(params);
  return (
    <>
      <ShowTeam teamId={team.id} />
      {children}
    </>
  );
}

import type { ReactNode } from 'react';
import { loadOverview } from '../load';
import { askedFinding, loadFinding } from './load';

interface FindingsLayoutProps {
  children: ReactNode;
  params: Promise<{ projectId: string }>;
}

/** Outside the skeleton, so that a finding that is not there is answered with 404 and not begun as a page. */
export default async function FindingsLayout({ children, params }: FindingsLayoutProps) {
  const { projectId } = await params;
  await loadOverview(projectId);
  await loadFinding(projectId, await askedFinding());
  return children;
}

import type { ReactNode } from 'react';
import { loadOverview } from './load';

interface ProjectLayoutProps {
  children: ReactNode;
  params: Promise<{ projectId: string }>;
}

/** Outside the skeletons, so that a project that is not there is answered with 404 and not begun as a page. */
export default async function ProjectLayout({ children, params }: ProjectLayoutProps) {
  await loadOverview((await params).projectId);
  return children;
}

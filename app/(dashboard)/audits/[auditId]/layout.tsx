import type { ReactNode } from 'react';
import { loadAudit } from './load';

interface AuditLayoutProps {
  children: ReactNode;
  params: Promise<{ auditId: string }>;
}

/** Outside the skeleton, so that an audit that is not there is answered with 404 and not begun as a page. */
export default async function AuditLayout({ children, params }: AuditLayoutProps) {
  await loadAudit((await params).auditId);
  return children;
}

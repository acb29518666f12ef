import type { ReactNode } from 'react';
import { magicOf } from './load';

interface MagicLayoutProps {
  children: ReactNode;
  params: Promise<{ magic: string }>;
}

/** Outside the skeleton, so that a magic that is not there is answered with 404 and not begun as a page. */
export default async function MagicLayout({ children, params }: MagicLayoutProps) {
  magicOf((await params).magic);
  return children;
}

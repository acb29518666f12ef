'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { leaveBy } from './unsaved-work';

/** Opens an address of the product, after asking where something unsaved would be lost. For keys and commands; links do it themselves. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  return useCallback((href) => leaveBy(() => router.push(href)), [router]);
}

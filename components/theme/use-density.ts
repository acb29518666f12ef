'use client';

import { useSyncExternalStore } from 'react';
import { writeCookie } from '@/components/api/cookies';
import { DENSITY_COOKIE, type Density, parseDensity } from './density';

const watchers = new Set<() => void>();

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** How close rows of long lists stand in this browser, and how to choose. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore(
    watch,
    () => parseDensity(document.documentElement.dataset.density),
    () => parseDensity(undefined),
  );
  const choose = (next: Density) => {
    writeCookie(DENSITY_COOKIE, next);
    document.documentElement.dataset.density = next;
    for (const watcher of watchers) watcher();
  };
  return [density, choose];
}

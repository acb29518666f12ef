'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { addressOfClick } from './address-of-click';
import { holdPage, leaveBy } from './unsaved-work';
import { watchSteps } from './watch-steps';

/**
 * Asks before a page with something unsaved is left: by a link, by the back button, by a key or command (`useGo`), by
 * closing or reloading. Steps within the same page are free.
 */
export function useLeaveGuard(isUnsaved: boolean): void {
  const router = useRouter();

  useEffect(() => {
    if (!isUnsaved) return;
    const release = holdPage();
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before React hears of it: a link whose default is prevented does nothing more.
    const onClick = (event: MouseEvent) => {
      const href = addressOfClick(event);
      if (href === null) return;
      event.preventDefault();
      leaveBy(() => router.push(href));
    };
    const endWatch = watchSteps();
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      release();
      endWatch();
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [isUnsaved, router]);
}

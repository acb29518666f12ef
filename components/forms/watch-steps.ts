import { leaveBy } from './unsaved-work';

let listener: ((event: PopStateEvent) => void) | null = null;

// The router draws the other page while it is being told of a step, and browsers tell listeners of the window in the
// order in which they came. This module belongs to the root layout, so it is there before the router listens.
if (typeof window !== 'undefined') window.addEventListener('popstate', (event) => listener?.(event));

/** The part of the Navigation API that tells how far a step went; older browsers lack it. */
interface Entries extends EventTarget {
  currentEntry: { index: number } | null;
}

/**
 * Catches steps of the back and forward buttons to other pages, until the returned function is called. The step has
 * been made when it is heard of, so it is taken back first and made again once the person agrees.
 */
export function watchSteps(): () => void {
  const { pathname } = window.location;
  const entries = (window as { navigation?: Entries }).navigation;
  let before = entries?.currentEntry?.index ?? 0;
  let isTakenBack = false;

  // Steps of the buttons are counted below, by the place they started from.
  const onEntry = (event: Event) => {
    if ((event as Event & { navigationType?: string }).navigationType === 'traverse') return;
    before = entries?.currentEntry?.index ?? before;
  };
  const onStep = (event: PopStateEvent) => {
    if (isTakenBack) {
      isTakenBack = false;
      event.stopImmediatePropagation();
      return;
    }
    const at = entries?.currentEntry?.index ?? before;
    if (window.location.pathname === pathname) {
      before = at;
      return;
    }
    // Where the distance is not known, it was most likely the back button.
    const step = at - before || -1;
    event.stopImmediatePropagation();
    isTakenBack = true;
    window.history.go(-step);
    leaveBy(() => {
      endWatch();
      window.history.go(step);
    });
  };
  const endWatch = () => {
    entries?.removeEventListener('currententrychange', onEntry);
    if (listener === onStep) listener = null;
  };
  entries?.addEventListener('currententrychange', onEntry);
  listener = onStep;
  return endWatch;
}

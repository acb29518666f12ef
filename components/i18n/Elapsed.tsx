'use client';

import { useLayoutEffect, useState } from 'react';
import { useFormat } from './LocaleProvider';

const TICK_MS = 1_000;

/** 0:07 and counting; not announced, for it says nothing new. `render` puts the clock into words. */
export function Elapsed({ since, render }: { since: string; render?: (clock: string) => string }) {
  const format = useFormat();
  const [now, setNow] = useState(format.now);

  // Before it is painted: the moment of the page may be half a minute old.
  useLayoutEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const clock = format.clock(now - Date.parse(since));
  return <span>{render ? render(clock) : clock}</span>;
}

'use client';

import { useEffect, useState } from 'react';
import { useFormat } from './LocaleProvider';

const TICK_MS = 1_000;

/** 0:07 and counting; not announced, for it says nothing new. */
export function Elapsed({ since }: { since: string }) {
  const format = useFormat();
  const [now, setNow] = useState(format.now);

  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);

  return <span>{format.clock(now - Date.parse(since))}</span>;
}

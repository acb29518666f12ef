'use client';

import { useEffect, useState } from 'react';
import { useFormat } from '@/components/i18n/LocaleProvider';

const TICK_MS = 500;

/** The moment, moving while something runs. */
export function useNow(isMoving: boolean): number {
  const format = useFormat();
  const [now, setNow] = useState(format.now);

  useEffect(() => {
    if (!isMoving) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [isMoving]);

  return isMoving ? now : format.now;
}

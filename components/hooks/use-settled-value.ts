'use client';

import { useEffect, useState } from 'react';

/** The value once it has stayed the same for a while: typing, or moving quickly over a list, asks for nothing on the way. */
export function useSettledValue<Value>(value: Value, waitMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return settled;
}

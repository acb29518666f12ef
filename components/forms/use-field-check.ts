'use client';

import { useEffect, useRef, useState } from 'react';

type Input = HTMLInputElement | HTMLTextAreaElement;

/** What is wrong with a value; `form` where that depends on another field. */
export type Check = (value: string, form: HTMLFormElement | null) => string | null;

interface FieldCheck {
  error: string | null;
  onInput: (input: Input) => void;
  onLeave: (input: Input) => void;
}

/**
 * What a field says of itself: at first what its form says (`told`), once somebody left it what `check` says, and what the
 * form says anew when that changes. Who only passes through has not left it: nothing was typed.
 */
export function useFieldCheck(told: string | null, check: Check | undefined): FieldCheck {
  const [own, setOwn] = useState<{ error: string | null } | null>(null);
  const [lastTold, setLastTold] = useState(told);
  const hasTyped = useRef(false);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  if (told !== lastTold) {
    setLastTold(told);
    setOwn(null);
  }
  const judge = (input: Input) => check && setOwn({ error: check(input.value, input.form) });
  return {
    error: own ? own.error : told,
    onInput: (input) => {
      hasTyped.current = true;
      if (own || told) judge(input);
    },
    onLeave: (input) => {
      if (!check || !hasTyped.current) return;
      // An error that appears now would move the button away from under the pointer that presses it.
      if (!document.querySelector('button:active, a:active, label:active')) return void judge(input);
      stop.current?.abort();
      stop.current = new AbortController();
      const { signal } = stop.current;
      document.addEventListener('click', () => judge(input), { once: true, signal });
    },
  };
}

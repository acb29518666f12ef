'use client';

import { useFormat } from './LocaleProvider';

/** "21 min ago", with the exact time as its title; keeps itself right. */
export function TimeAgo({ at }: { at: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.ago(at)}
    </time>
  );
}

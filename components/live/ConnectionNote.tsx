'use client';

import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { useConnection } from './use-audit-updates';

/** Said only while the connection is lost; what was loaded stays below it. */
export function ConnectionNote() {
  const t = useMessages();
  const format = useFormat();
  const { state, asOf } = useConnection();
  if (state !== 'offline' || asOf === 0) return null;
  return (
    <Note status="warning" role="status">
      {t.common.live.lost(format.time(new Date(asOf).toISOString()))}
    </Note>
  );
}

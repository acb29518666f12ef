'use client';

import { usePathname } from 'next/navigation';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PhoneBack } from '@/components/layout/PhoneBack';

/** From a section back to the list of them, where both have no room. */
export function PhoneSectionBack() {
  const t = useMessages();
  return <PhoneBack href={usePathname()}>{t.policy.sections.all}</PhoneBack>;
}

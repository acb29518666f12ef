'use client';

import { usePathname } from 'next/navigation';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PhoneBack } from '@/components/layout/PhoneBack';

/** From a section back to the list of them, where both have no room. */
export function PhoneSectionBack() {
  const t = useMessages();
  return (
    <PhoneBack href={usePathname()} onClick={(event) => refuseWrongNumbers() && event.preventDefault()}>
      {t.policy.sections.all}
    </PhoneBack>
  );
}

import type { IconName } from '@/components/marks/Icon';
import type { Messages } from '@/lib/i18n/messages';

export interface Place {
  id: 'projects' | 'audits' | 'rules';
  href: string;
  icon: IconName;
  key: string;
}

/** What the side bar, the bottom bar, the palette and the shortcuts lead to. */
export const PLACES: readonly Place[] = [
  { id: 'projects', href: '/projects', icon: 'projects', key: 'p' },
  { id: 'audits', href: '/audits', icon: 'audits', key: 'a' },
  { id: 'rules', href: '/rules', icon: 'rules', key: 'r' },
];

export function placeName(t: Messages, place: Place): string {
  return t.shell.nav[place.id];
}

export function isAt(pathname: string, place: Place): boolean {
  return pathname === place.href || pathname.startsWith(`${place.href}/`);
}

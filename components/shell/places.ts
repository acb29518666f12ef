import type { IconName } from '@/components/marks/Icon';
import type { Messages } from '@/lib/i18n/messages';
import type { ShellTeam } from './shell-context';

interface PlaceOf<Id extends string> {
  id: Id;
  href: string;
  icon: IconName;
  /** After `g`. */
  key: string;
}

export type Place = PlaceOf<'projects' | 'inbox' | 'audits' | 'rules'>;
export type TeamPlace = PlaceOf<
  'overview' | 'members' | 'policy' | 'gate' | 'hosts' | 'notifications' | 'tokens' | 'auditLog'
>;

export type InstancePlace = PlaceOf<'operations'>;
export type AnyPlace = Place | TeamPlace | InstancePlace;

/** What the side bar, the bottom bar, the palette and the shortcuts lead to. */
export const PLACES: readonly Place[] = [
  { id: 'projects', href: '/projects', icon: 'projects', key: 'p' },
  { id: 'inbox', href: '/inbox', icon: 'inbox', key: 'i' },
  { id: 'audits', href: '/audits', icon: 'audits', key: 'a' },
  { id: 'rules', href: '/rules', icon: 'rules', key: 'r' },
];

/** Pages of the team on screen that its role may open. */
export function teamPlaces({ id, role }: ShellTeam): TeamPlace[] {
  const base = `/teams/${id}`;
  const places: TeamPlace[] = [
    { id: 'overview', href: base, icon: 'overview', key: 'h' },
    { id: 'members', href: `${base}/members`, icon: 'people', key: 'm' },
    { id: 'policy', href: `${base}/policy`, icon: 'sliders', key: 'o' },
    { id: 'gate', href: `${base}/gate`, icon: 'gate', key: 'q' },
  ];
  const hosts: TeamPlace = { id: 'hosts', href: `${base}/hosts`, icon: 'branch', key: 'c' };
  if (role === 'viewer') return places;
  if (role !== 'admin' && role !== 'owner') return [...places, hosts];
  return [
    ...places,
    hosts,
    { id: 'notifications', href: `${base}/notifications`, icon: 'bell', key: 'n' },
    { id: 'tokens', href: `${base}/tokens`, icon: 'key', key: 't' },
    { id: 'auditLog', href: `${base}/audit-log`, icon: 'history', key: 'l' },
  ];
}

/** Pages about the installation itself, for who sees to it. */
export function instancePlaces(ownsInstance: boolean): readonly InstancePlace[] {
  return ownsInstance ? INSTANCE_PLACES : [];
}

const INSTANCE_PLACES: readonly InstancePlace[] = [{ id: 'operations', href: '/operations', icon: 'server', key: 's' }];

export function placeName(t: Messages, place: AnyPlace): string {
  return t.shell.nav[place.id];
}

export function isAt(pathname: string, place: AnyPlace): boolean {
  return pathname === place.href || (place.id !== 'overview' && pathname.startsWith(`${place.href}/`));
}

import type { RegistrationCheck } from '@/lib/schemas/projects';

/** Whether an address is one of ssh, as far as it was typed: `ssh://…` or `git@host:…`. */
export function isSshAddress(address: string): boolean {
  return /^\s*(?:ssh:\/\/[^/]*[^/\s]|[\w.-]+@[\w.-]+:[^/\s])/i.test(address);
}

/** The host over ssh whose keys nobody confirmed, or that shows others now. */
export function unknownHostOf(check: RegistrationCheck | null): string | null {
  const detail = check?.checks.find(({ id }) => id === 'reachable')?.detail;
  const isOfHost = detail?.id === 'repository_host_key_unknown' || detail?.id === 'repository_host_key_changed';
  return isOfHost && typeof detail.data.host === 'string' ? detail.data.host : null;
}

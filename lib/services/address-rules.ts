import { env } from '@/lib/env';
import type { AddressRules } from '@/lib/git/address-guard';

/** Which machines the product may speak to besides the public ones, as its operator says. */
export function addressRules(): AddressRules {
  const { ALLOW_LOCAL_REPOSITORIES: allowLocal, ALLOWED_HOSTS: allowedHosts } = env();
  return { allowLocal, allowedHosts };
}

import { isAbsolute } from 'node:path';
import type { ProviderId } from '@/lib/git/providers/provider';

const PUBLIC_HOSTS: Readonly<Record<string, ProviderId>> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'bitbucket.org': 'bitbucket_cloud',
  'dev.azure.com': 'azure_devops',
  'ssh.dev.azure.com': 'azure_devops',
  'codeberg.org': 'gitea',
};

/** Which kind of host an address belongs to, where everybody knows it; null of hosts that people run themselves. */
export function hostOfAddress(repositoryUrl: string): ProviderId | null {
  if (isAbsolute(repositoryUrl) || !URL.canParse(repositoryUrl)) return null;
  return PUBLIC_HOSTS[new URL(repositoryUrl).hostname] ?? null;
}

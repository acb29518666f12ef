/** `organisation/project/name` of any of the addresses that Azure DevOps writes; null for another one. */
export function azureRepositoryPath({ path, host }: { path: string; host?: string | null }): string | null {
  const parts = path.split('/').map(decode);
  if (parts.some((part) => part === null || part === '' || part.includes('/'))) return null;
  const names = host?.endsWith('.visualstudio.com')
    ? ofVisualStudio(host, parts as string[])
    : ofParts(parts as string[]);
  return names ? names.join('/') : null;
}

type Names = [organisation: string, project: string, name: string];

/** ssh: `v3/organisation/project/name`; https: `organisation/project/_git/name`, and without the project where it has its name. */
function ofParts(parts: string[]): Names | null {
  if (parts[0] === 'v3' && parts.length === 4) return parts.slice(1) as Names;
  const at = parts.indexOf('_git');
  const name = parts[at + 1];
  const organisation = parts[at - 2] ?? parts[at - 1];
  if (at < 1 || name === undefined || organisation === undefined || parts.length > at + 2) return null;
  return [organisation, at >= 2 ? (parts[at - 1] ?? name) : name, name];
}

/** `organisation.visualstudio.com/project/_git/name`, perhaps below `DefaultCollection`. */
function ofVisualStudio(host: string, parts: string[]): Names | null {
  if (host === 'vs-ssh.visualstudio.com') return ofParts(parts);
  const [organisation = ''] = host.split('.', 1);
  const rest = parts[0]?.toLowerCase() === 'defaultcollection' ? parts.slice(1) : parts;
  return rest[0] === '_git' && rest.length === 2
    ? [organisation, rest[1] ?? '', rest[1] ?? '']
    : rest[1] === '_git' && rest.length === 3
      ? [organisation, rest[0] ?? '', rest[2] ?? '']
      : null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

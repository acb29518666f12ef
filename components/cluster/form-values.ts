import type { ConfigurationChange } from '@/lib/schemas/cluster';

/** What a form changed over the text, by path. */
export type Changes = Readonly<Record<string, ConfigurationChange['value']>>;

/** The value of a path in what the configuration means, with what the form changed. */
export function valueAt(configuration: unknown, changes: Changes, path: string): unknown {
  if (Object.hasOwn(changes, path)) return changes[path];
  return path
    .split('.')
    .reduce<unknown>(
      (node, name) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined),
      configuration,
    );
}

export function listChanges(changes: Changes): ConfigurationChange[] {
  return Object.entries(changes).map(([path, value]) => ({ path, value }));
}

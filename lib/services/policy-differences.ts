import { DEFAULT_WEIGHTS } from '@/lib/magics/policy';
import type { PolicyDifference } from '@/lib/schemas/comparisons';

/** Settings that differ between two policies, by their names. A list counts as one value. */
export function policyDifferences(from: unknown, to: unknown): PolicyDifference[] {
  const before = settingsOf(from);
  const after = settingsOf(to);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((setting) => {
    const [old, now] = [before.get(setting) ?? null, after.get(setting) ?? null];
    return old === now ? [] : [{ setting, from: old, to: now }];
  });
}

/** Those that change what audits find and how it counts; the gate only draws a conclusion. */
export function judgingDifferences(differences: readonly PolicyDifference[]): PolicyDifference[] {
  return differences.filter(({ setting }) => !setting.startsWith('gate.'));
}

function settingsOf(policy: unknown): Map<string, string> {
  const settings = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]) => {
    if (value === undefined || holdsAnyway(value, path)) return;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      settings.set(path.join('.'), JSON.stringify(value));
      return;
    }
    for (const [name, part] of Object.entries(value)) walk(part, [...path, name]);
  };
  walk(policy, []);
  return settings;
}

/** Writing down that a magic is on, or weighs as published, sets nothing. */
function holdsAnyway(value: unknown, [part, magic = '', setting]: readonly string[]): boolean {
  if (part !== 'magics') return false;
  if (setting === 'isEnabled') return value === true;
  return setting === 'weight' && value === (DEFAULT_WEIGHTS as Record<string, number>)[magic];
}

import { isSame } from '@/components/policy/changes';
import type { AvailableOptions, Configuration, ProjectOverride, SectionKey } from '@/lib/schemas/configuration';

/** What a project sets so that `draft` holds for it: single magics and rules, else whole parts. What equals the team's is not set. */
export function overrideOf(
  team: Configuration,
  draft: Configuration,
  allowed: readonly SectionKey[],
  options: Pick<AvailableOptions, 'magics'>,
): ProjectOverride {
  const parts = allowed.flatMap((part): [string, unknown][] => {
    if (isSame(team[part], draft[part])) return [];
    if (part === 'magics') return [[part, entriesOf(team.magics, draft.magics, (id) => publishedMagic(id, options))]];
    if (part === 'rules') return [[part, entriesOf(team.rules, draft.rules, () => ({}))]];
    return [[part, draft[part]]];
  });
  return Object.fromEntries(parts) as ProjectOverride;
}

/** What holds for a project that sets `override`. */
export function withOverride(
  team: Configuration,
  override: ProjectOverride,
  allowed: readonly SectionKey[],
): Configuration {
  const counting = Object.fromEntries(
    Object.entries(override).filter(([part, value]) => value !== undefined && allowed.includes(part as SectionKey)),
  ) as ProjectOverride;
  return {
    ...team,
    ...counting,
    magics: { ...team.magics, ...counting.magics },
    rules: { ...team.rules, ...counting.rules },
  } as Configuration;
}

/** Entries that differ from the team's; one the team has and the project has not is as in the catalogue. */
function entriesOf(
  team: Readonly<Record<string, unknown>>,
  draft: Readonly<Record<string, unknown>>,
  published: (id: string) => unknown,
): Record<string, unknown> {
  const ids = [...new Set([...Object.keys(team), ...Object.keys(draft)])];
  return Object.fromEntries(
    ids.flatMap((id) => (isSame(team[id], draft[id]) ? [] : [[id, draft[id] ?? published(id)]])),
  );
}

function publishedMagic(id: string, { magics }: Pick<AvailableOptions, 'magics'>): unknown {
  const weight = magics.find(({ magic }) => magic === id)?.weight;
  return { isEnabled: true, ...(weight !== undefined && { weight }) };
}

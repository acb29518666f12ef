import { COMPARED_STATES, type ComparedState } from '@/lib/schemas/comparisons';

/** States an address narrows the list of findings to; what nothing here knows is left out. */
export function parseChoice(value: string | null | undefined): ComparedState[] {
  const asked = value?.split(',') ?? [];
  return COMPARED_STATES.filter((state) => asked.includes(state));
}

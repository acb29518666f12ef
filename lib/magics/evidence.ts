import { FACT_TRAITS } from './fact-names';
import type { FactName } from './facts';
import { EVIDENCE_KINDS, type EvidenceKind } from './types';

/** In the fixed order. Files alone are looked at by nearly every rule: they count where there is nothing else. */
export function evidenceOf(needs: readonly FactName[]): EvidenceKind[] {
  const kinds = new Set(needs.map((name) => FACT_TRAITS[name].kind));
  if (kinds.size > 1) kinds.delete('files');
  return EVIDENCE_KINDS.filter((kind) => kinds.has(kind));
}

export function isOfLanguages(needs: readonly FactName[]): boolean {
  return needs.some((name) => 'isOfLanguages' in FACT_TRAITS[name]);
}

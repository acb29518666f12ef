import { get, type JsonObject, listOf, textAt } from './json-values';

const MOST = 20;
const CWE = /\bcwe[-_/: ]{0,3}0{0,4}(\d{1,5})\b/i;

/** Numbers of weaknesses (CWE) that a rule or a result names: as tags, as relations to the taxonomy, or as properties. */
export function weaknessesOf(rule: JsonObject, result: JsonObject): number[] {
  const texts = [
    ...textsOf(get(rule, 'properties', 'tags')),
    ...textsOf(get(rule, 'properties', 'cwe')),
    ...textsOf(get(result, 'properties', 'cwe')),
  ];
  const found = texts.flatMap((text) => CWE.exec(text.slice(0, 200))?.[1] ?? []);
  const related = [
    ...listOf(get(rule, 'relationships')).map((relation) => get(relation, 'target')),
    ...listOf(get(result, 'taxa')),
  ];
  for (const taxon of related.slice(0, 100)) {
    const id = textAt(taxon, 'id') ?? '';
    if (textAt(taxon, 'toolComponent', 'name')?.toUpperCase() !== 'CWE') continue;
    const [, number] = /^(?:CWE-)?(\d{1,5})$/i.exec(id) ?? [];
    if (number) found.push(number);
  }
  return [...new Set(found.map(Number))].slice(0, MOST).sort((a, b) => a - b);
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value.slice(0, 100) : [value]).filter((item) => typeof item === 'string');
}

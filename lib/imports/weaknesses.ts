import { get, type JsonObject, listOf, textAt } from './json-values';

const MOST = 20;
const MOST_TAXA = 100;
const CWE = /\bcwe[-_/: ]{0,3}0{0,4}(\d{1,5})\b/i;

/** Numbers of weaknesses (CWE) that a rule or a result names: as tags, as relations to the taxonomy, or as properties. */
export function weaknessesOf(rule: JsonObject, result: JsonObject): number[] {
  const found = [...ofRule(rule), ...numbersOf(textsOf(get(result, 'properties', 'cwe')), listOf(get(result, 'taxa')))];
  return [...new Set(found)].slice(0, MOST).sort((a, b) => a - b);
}

const known = new WeakMap<JsonObject, number[]>();

/** Read once a rule: a small report may hold very many results of one with long lists. */
function ofRule(rule: JsonObject): number[] {
  const earlier = known.get(rule);
  if (earlier) return earlier;
  const texts = [...textsOf(get(rule, 'properties', 'tags')), ...textsOf(get(rule, 'properties', 'cwe'))];
  const targets = listOf(get(rule, 'relationships'))
    .slice(0, MOST_TAXA)
    .map((relation) => get(relation, 'target'));
  const numbers = numbersOf(texts, targets);
  known.set(rule, numbers);
  return numbers;
}

function numbersOf(texts: readonly string[], taxa: readonly unknown[]): number[] {
  const found: string[] = texts.flatMap((text) => CWE.exec(text.slice(0, 200))?.[1] ?? []);
  for (const taxon of taxa.slice(0, MOST_TAXA)) {
    const id = textAt(taxon, 'id') ?? '';
    if (textAt(taxon, 'toolComponent', 'name')?.toUpperCase() !== 'CWE') continue;
    const [, number] = /^(?:CWE-)?(\d{1,5})$/i.exec(id) ?? [];
    if (number) found.push(number);
  }
  return [...new Set(found.map(Number))].slice(0, MOST);
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value.slice(0, 100) : [value]).filter((item) => typeof item === 'string');
}

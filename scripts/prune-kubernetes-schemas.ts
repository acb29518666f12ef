import { writeFileSync } from 'node:fs';
import { KINDS } from '../tests/support/kubernetes-schemas/kinds';
import { type OfficialSchemas, readOfficial } from '../tests/support/kubernetes-schemas/read-official';

// node --import tsx scripts/prune-kubernetes-schemas.ts <folder>   keeps of the official schemas what the tests use.
const TARGET = 'tests/support/kubernetes-schemas/schemas.jsonl';
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const REFERENCE = /"#\/definitions\/(?<name>[^"]+)"/g;

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node --import tsx scripts/prune-kubernetes-schemas.ts <folder of the official schemas>');
  process.exit(2);
}
const lines = prune(readOfficial(folder));
writeFileSync(TARGET, `${lines.join('\n')}\n`);
console.log(`${lines.length} schemas in ${TARGET}`);

function prune({ kinds, definitions }: OfficialSchemas): string[] {
  const unknown = KINDS.filter((kind) => !kinds.has(kind));
  if (unknown.length > 0) throw new Error(`The folder does not describe ${unknown.join(', ')}.`);
  const found = KINDS.map((kind) => [kind, kinds.get(kind)] as const);
  const wanted = new Set([OBJECT_META]);
  const texts = found.map(([, schema]) => JSON.stringify(schema));
  for (const text of texts) for (const match of text.matchAll(REFERENCE)) wanted.add(match.groups?.name ?? '');
  // A set that grows while it is walked: what a part refers to is wanted, too.
  for (const name of wanted) {
    for (const match of JSON.stringify(definitions.get(name)).matchAll(REFERENCE)) wanted.add(match.groups?.name ?? '');
  }
  return [
    ...found.map(([kind, schema]) => JSON.stringify(['kind', kind, schema])),
    ...[...wanted].sort().map((name) => JSON.stringify(['definition', name, definitions.get(name)])),
  ];
}

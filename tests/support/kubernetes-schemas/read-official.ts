import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const JsonSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof JsonSchema>;

const GroupVersionKinds = z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() }));
const Definitions = z.object({ definitions: z.record(z.string(), JsonSchema) });
const CustomKinds = z.array(z.object({ group: z.string(), version: z.string(), kind: z.string(), schema: JsonSchema }));

export interface OfficialSchemas {
  /** By `apiVersion/kind`. */
  kinds: Map<string, JsonSchema>;
  /** Parts that kinds refer to as `#/definitions/…`. */
  definitions: Map<string, JsonSchema>;
}

/** Reads the definitions of Kubernetes and the kinds of its extensions as they are published, without descriptions. */
export function readOfficial(
  folder: string,
  files = { core: 'kubernetes-1.36.3.definitions.json', custom: 'crds.json' },
): OfficialSchemas {
  const { definitions } = Definitions.parse(JSON.parse(readFileSync(path.join(folder, files.core), 'utf8')));
  const kinds = new Map<string, JsonSchema>();
  for (const schema of Object.values(definitions)) {
    const names = GroupVersionKinds.safeParse(schema['x-kubernetes-group-version-kind']);
    for (const { group, version, kind } of names.data ?? []) kinds.set(idOf(group, version, kind), schema);
  }
  for (const { group, version, kind, schema } of CustomKinds.parse(
    JSON.parse(readFileSync(path.join(folder, files.custom), 'utf8')),
  )) {
    kinds.set(idOf(group, version, kind), schema);
  }
  return { kinds, definitions: new Map(Object.entries(definitions)) };
}

function idOf(group: string, version: string, kind: string): string {
  return group === '' ? `${version}/${kind}` : `${group}/${version}/${kind}`;
}

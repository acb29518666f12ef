import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import * as z from 'zod';
import type { JsonSchema, OfficialSchemas } from './read-official';

const REFERENCE = '#/definitions/';
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const Line = z.tuple([z.enum(['kind', 'definition']), z.string(), z.record(z.string(), z.unknown())]);

/** The copy that is kept here, one schema a line. */
export function readKept(): OfficialSchemas {
  const kept: OfficialSchemas = { kinds: new Map(), definitions: new Map() };
  const lines = readFileSync(new URL('schemas.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  for (const line of lines) {
    const [what, name, schema] = Line.parse(JSON.parse(line));
    (what === 'kind' ? kept.kinds : kept.definitions).set(name, schema);
  }
  return kept;
}

export interface StrictSchemas {
  /** What is wrong with an object, each as `path: why`; nothing when it is as the API wants it. */
  problemsOf: (object: { apiVersion?: string | undefined; kind?: string | undefined }) => string[];
}

/** Checks objects as `fieldValidation: Strict` does: a field nobody knows is wrong. It sees no CEL rule, default or admission. */
export function strictSchemas({ kinds, definitions }: OfficialSchemas): StrictSchemas {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true, code: { optimize: false, regExp } });
  addFormats(ajv);
  for (const format of ['int-or-string', 'byte', 'quantity']) ajv.addFormat(format, true);
  for (const [name, schema] of definitions) ajv.addSchema(toStrict(schema), name);
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (id: string) => {
    const schema = kinds.get(id);
    if (!schema) return undefined;
    const validate = compiled.get(id) ?? ajv.compile(toStrict(withMetadata(schema)));
    compiled.set(id, validate);
    return validate;
  };
  return {
    problemsOf: (object) => {
      const id = `${object.apiVersion}/${object.kind}`;
      const validate = validatorOf(id);
      if (!validate) return [`${id}: not a kind that is known here`];
      if (validate(object)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${id} ${instancePath || '/'}: ${message} ${JSON.stringify(params)}`,
      );
    },
  };
}

/** Patterns are those of Go, where a pattern itself says that case does not matter. */
function regExp(pattern: string, flags: string): RegExp {
  const isCaseless = pattern.startsWith('^(?i)');
  return new RegExp(pattern.replace('^(?i)', '^'), isCaseless ? `${flags}i` : flags);
}
regExp.code = 'new RegExp';

/** Custom kinds leave their metadata open; it is that of every object. */
function withMetadata(schema: JsonSchema): JsonSchema {
  const properties = (schema.properties ?? {}) as JsonSchema;
  return {
    ...schema,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      ...properties,
      metadata: { $ref: REFERENCE + OBJECT_META },
    },
  };
}

function toStrict(schema: unknown): JsonSchema {
  return convert(schema) as JsonSchema;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as JsonSchema;
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref.slice(REFERENCE.length) };
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') {
    return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  }
  const converted: JsonSchema = {};
  for (const [key, part] of Object.entries(schema)) {
    if (key.startsWith('x-kubernetes-') || key === 'default') continue;
    // The value of an enumeration is data, and so are names of properties.
    converted[key] =
      key === 'enum' || key === 'required' ? part : key === 'properties' ? convertEach(part) : convert(part);
  }
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties !== undefined;
  if (schema.properties && !isOpen) converted.additionalProperties = false;
  return converted;
}

function convertEach(properties: unknown): JsonSchema {
  return Object.fromEntries(Object.entries(properties as JsonSchema).map(([name, part]) => [name, convert(part)]));
}

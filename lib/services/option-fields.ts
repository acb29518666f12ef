import * as z from 'zod';
import { en } from '@/lib/i18n/en';
import { ja } from '@/lib/i18n/ja';
import { textOf } from '@/lib/i18n/text-of';
import type { OptionView } from '@/lib/schemas/configuration';

interface JsonSchema {
  type?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  propertyNames?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

export function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/**
 * Every value that a schema lets be set, with its bounds; `usual` holds what is so unless it is. Lists in `whole` have a
 * schema of their own and are told as one value.
 */
export function fieldsOf(schema: z.ZodType, usual: unknown, whole: readonly string[]): OptionView[] {
  return [...walk(toJsonSchema(schema) as JsonSchema, '', { usual, whole })];
}

interface Told {
  usual: unknown;
  whole: readonly string[];
}

function* walk(given: JsonSchema, path: string, { usual, whole }: Told): Generator<OptionView> {
  const { schema, isNullable } = withoutNull(given);
  const properties = propertiesOf(schema);
  const isRecord = schema.propertyNames !== undefined;
  const isListOfObjects = schema.type === 'array' && propertiesOf(schema.items ?? {}) !== null;
  // What only holds others is told by them.
  if (path && (!properties || isNullable || isRecord || isListOfObjects)) {
    yield toField(schema, { path, isNullable, isRecord, usual: usual === undefined ? given.default : usual });
  }
  for (const [name, property] of Object.entries(properties ?? {})) {
    const inner = usual !== null && typeof usual === 'object' ? (usual as Record<string, unknown>)[name] : undefined;
    yield* walk(property, path ? `${path}.${name}` : name, { usual: inner, whole });
  }
  const inside = { usual: undefined, whole };
  if (isListOfObjects && schema.items && !whole.includes(path)) yield* walk(schema.items, `${path}.*`, inside);
  if (isRecord && typeof schema.additionalProperties === 'object') {
    if (propertiesOf(schema.additionalProperties)) yield* walk(schema.additionalProperties, `${path}.*`, inside);
  }
}

function withoutNull(schema: JsonSchema): { schema: JsonSchema; isNullable: boolean } {
  const kinds = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (!schema.anyOf || kinds?.length !== 1 || !kinds[0]) return { schema, isNullable: false };
  return { schema: kinds[0], isNullable: kinds.length < schema.anyOf.length };
}

/** Null for what is no object. Of a choice of objects, what any of them has. */
function propertiesOf({ properties, oneOf }: JsonSchema): Record<string, JsonSchema> | null {
  if (properties) return properties;
  if (!oneOf) return null;
  const merged: Record<string, JsonSchema> = {};
  for (const [name, property] of oneOf.flatMap((one) => Object.entries(one.properties ?? {}))) {
    const known = merged[name];
    const values = [...(known?.enum ?? []), ...(property.const === undefined ? [] : [property.const])];
    merged[name] = values.length > 0 ? { type: 'string', enum: values } : property;
  }
  return merged;
}

function toField(
  schema: JsonSchema,
  { path, isNullable, isRecord, usual }: { path: string; isNullable: boolean; isRecord: boolean; usual: unknown },
): OptionView {
  const { type, items, minimum, maximum, maxItems } = schema;
  const choices = isRecord ? schema.propertyNames?.enum : (schema.enum ?? items?.enum);
  return {
    path,
    description: {
      en: textOf(en.configuration.fields, path) ?? path,
      ja: textOf(ja.configuration.fields, path) ?? path,
    },
    kind: isRecord ? 'record' : kindOf(schema),
    isInteger: type === 'integer',
    isNullable,
    choices: (choices ?? []).map(String),
    least: minimum ?? null,
    most: maximum ?? null,
    longest: schema.maxLength ?? items?.maxLength ?? null,
    mostItems: maxItems ?? null,
    fallback: usual === undefined ? null : JSON.stringify(usual),
  };
}

function kindOf({ type, items, enum: choices }: JsonSchema): OptionView['kind'] {
  if (type === 'array') return items && propertiesOf(items) ? 'objects' : items?.enum ? 'choices' : 'texts';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'switch';
  if (type === 'object') return 'record';
  return choices ? 'choice' : 'text';
}

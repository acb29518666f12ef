import * as models from '@kubernetes/client-node';
import { type ClusterObject, isMap } from '../cluster/cluster-object';

export interface FieldProblem {
  /** As `.spec.template.spec.containers[0].image`. */
  field: string;
  /** The name of a type where the value is of another; null where the field does not exist. */
  expected: string | null;
}

interface Attribute {
  baseName: string;
  type: string;
}

/** Names and types of the fields of Kubernetes itself, as its API description has them. */
const MODELS = models as unknown as Readonly<Record<string, { attributeTypeMap?: Attribute[] } | undefined>>;

function attributesOf(type: string): readonly Attribute[] | undefined {
  const model = Object.hasOwn(MODELS, type) ? MODELS[type] : undefined;
  return model?.attributeTypeMap;
}

function typeOf({ apiVersion, kind }: Pick<ClusterObject, 'apiVersion' | 'kind'>): string | null {
  const version = apiVersion.split('/').at(-1) ?? '';
  const name = `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`;
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  // A custom resource may bear the name of a kind of Kubernetes.
  const isOwn = !group.includes('.') || group.endsWith('.k8s.io');
  return isOwn && attributesOf(name)?.some(({ baseName }) => baseName === 'metadata') ? name : null;
}

/** Fields a kind of Kubernetes does not have, or that hold another type; null for kinds it does not bring. */
export function fieldProblems(object: Pick<ClusterObject, 'apiVersion' | 'kind'>): FieldProblem[] | null {
  const type = typeOf(object);
  if (!type) return null;
  const problems: FieldProblem[] = [];
  check(object, type, '', problems);
  return problems;
}

const ARRAY = /^Array<(.+)>$/;
const RECORD = /^\{ \[key: string\]: (.+); \}$/;

function check(value: unknown, type: string, field: string, problems: FieldProblem[]): void {
  // What is null counts as left out.
  if (type === 'any' || value === null || value === undefined) return;
  const wrong = (expected: string): number => problems.push({ field: field || '.', expected });
  const item = ARRAY.exec(type)?.[1];
  if (item !== undefined) {
    if (!Array.isArray(value)) return void wrong('list');
    value.forEach((each, index) => {
      check(each, item, `${field}[${index}]`, problems);
    });
    return;
  }
  const entry = RECORD.exec(type)?.[1];
  if (entry !== undefined) {
    if (!isMap(value)) return void wrong('map');
    for (const [name, each] of Object.entries(value)) check(each, entry, `${field}.${name}`, problems);
    return;
  }
  const attributes = attributesOf(type);
  if (!attributes) {
    if (!isScalar(value, type)) wrong(type);
    return;
  }
  if (!isMap(value)) return void wrong('map');
  for (const [name, each] of Object.entries(value)) {
    const attribute = attributes.find(({ baseName }) => baseName === name);
    if (attribute) check(each, attribute.type, `${field}.${name}`, problems);
    else problems.push({ field: `${field}.${name}`, expected: null });
  }
}

function isScalar(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'IntOrString':
      return typeof value === 'string' || Number.isInteger(value);
    case 'Date':
      return (typeof value === 'string' || value instanceof Date) && !Number.isNaN(new Date(value).getTime());
    default:
      return true;
  }
}

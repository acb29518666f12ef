// How the parts of an object are told apart, as the schema of Kubernetes says with x-kubernetes-list-type,
// x-kubernetes-list-map-keys and x-kubernetes-map-type:
// https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy

type Json = unknown;
type Fields = Record<string, Json>;

interface MapList {
  keys: readonly string[];
  /** A key that the schema fills in before lists are compared. */
  defaults?: Readonly<Record<string, string>>;
}

const MAP_LISTS: Readonly<Record<string, MapList>> = {
  conditions: { keys: ['type'] },
  containers: { keys: ['name'] },
  initContainers: { keys: ['name'] },
  volumes: { keys: ['name'] },
  env: { keys: ['name'] },
  imagePullSecrets: { keys: ['name'] },
  volumeMounts: { keys: ['mountPath'] },
  topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
  ownerReferences: { keys: ['uid'] },
};
const CONTAINER_PORTS: MapList = { keys: ['containerPort', 'protocol'], defaults: { protocol: 'TCP' } };
const SERVICE_PORTS: MapList = { keys: ['port', 'protocol'], defaults: { protocol: 'TCP' } };

/** Maps that are replaced as a whole. */
const ATOMIC_MAPS = new Set([
  'selector',
  'labelSelector',
  'podSelector',
  'namespaceSelector',
  'nodeSelector',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'roleRef',
]);

const isMap = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function mapListAt(isCustom: boolean, names: readonly string[]): MapList | undefined {
  const name = names.at(-1) ?? '';
  // Lists of a custom resource are atomic unless its schema says otherwise.
  if (isCustom && names[0] !== 'metadata') return undefined;
  if (name === 'ports') return names.includes('containers') ? CONTAINER_PORTS : SERVICE_PORTS;
  return MAP_LISTS[name];
}

const isSet = (names: readonly string[]): boolean => names.join('.') === 'metadata.finalizers';
const isAtomicMap = (isCustom: boolean, names: readonly string[]): boolean =>
  !isCustom && ATOMIC_MAPS.has(names.at(-1) ?? '');

function itemKey(item: Json, { keys, defaults = {} }: MapList): string {
  const value = isMap(item) ? item : {};
  const pairs = keys.flatMap((key) =>
    (value[key] ?? defaults[key]) === undefined ? [] : [[key, value[key] ?? defaults[key]]],
  );
  return `k:${JSON.stringify(Object.fromEntries(pairs))}`;
}

/** Elements of a path, as FieldsV1 writes them, joined by NUL. */
export type Path = string;
const join = (path: Path, element: string): Path => (path === '' ? element : `${path}\0${element}`);

/** Each path that an owner of this value owns, with the value there; of an item of a list its membership too. */
export function leavesOf(object: Fields, isCustom: boolean): Map<Path, Json> {
  const leaves = new Map<Path, Json>();
  const visit = (value: Json, path: Path, names: readonly string[]): void => {
    if (isMap(value) && Object.keys(value).length > 0 && !isAtomicMap(isCustom, names)) {
      for (const [name, each] of Object.entries(value)) visit(each, join(path, `f:${name}`), [...names, name]);
      return;
    }
    const list = Array.isArray(value) && value.length > 0 ? mapListAt(isCustom, names) : undefined;
    if (list && Array.isArray(value)) {
      for (const item of value) {
        const at = join(path, itemKey(item, list));
        leaves.set(at, 'member');
        visit(item, at, [...names, '']);
      }
    } else if (Array.isArray(value) && isSet(names)) {
      for (const item of value) leaves.set(join(path, `v:${JSON.stringify(item)}`), item);
    } else {
      leaves.set(path, value);
    }
  };
  for (const [name, value] of Object.entries(object)) {
    if (name === 'apiVersion' || name === 'kind') continue;
    if (name !== 'metadata') visit(value, `f:${name}`, [name]);
    else {
      for (const field of ['labels', 'annotations', 'finalizers', 'ownerReferences']) {
        const own = isMap(value) ? value[field] : undefined;
        if (own !== undefined) visit(own, join('f:metadata', `f:${field}`), ['metadata', field]);
      }
    }
  }
  return leaves;
}

/** The merge of what is applied into what there is. */
export function merged(live: Json, applied: Json, isCustom: boolean, names: readonly string[] = []): Json {
  if (isMap(live) && isMap(applied) && !isAtomicMap(isCustom, names)) {
    const result: Fields = { ...live };
    for (const [name, value] of Object.entries(applied)) {
      result[name] = name in live ? merged(live[name], value, isCustom, [...names, name]) : value;
    }
    return result;
  }
  if (Array.isArray(live) && Array.isArray(applied)) {
    if (isSet(names)) return [...new Set([...live, ...applied])];
    const list = mapListAt(isCustom, names);
    if (list) {
      const rest = new Map(live.map((item) => [itemKey(item, list), item]));
      const first = applied.map((item) => {
        const key = itemKey(item, list);
        const known = rest.get(key);
        rest.delete(key);
        return known === undefined ? item : merged(known, item, isCustom, [...names, '']);
      });
      return [...first, ...rest.values()];
    }
  }
  return applied;
}

/** The value without what is at these paths; maps and lists that become empty go too. */
export function without(object: Fields, paths: ReadonlySet<Path>, kept: ReadonlySet<Path>, isCustom: boolean): Fields {
  const visit = (value: Json, path: Path, names: readonly string[]): Json => {
    const list = Array.isArray(value) ? mapListAt(isCustom, names) : undefined;
    if (Array.isArray(value) && isSet(names)) {
      const rest = value.filter((item) => !paths.has(join(path, `v:${JSON.stringify(item)}`)));
      return rest.length > 0 ? rest : undefined;
    }
    if (list && Array.isArray(value)) {
      const rest = value.flatMap((item) => {
        const at = join(path, itemKey(item, list));
        const isGone = paths.has(at) && ![...kept].some((each) => each === at || each.startsWith(`${at}\0`));
        return isGone ? [] : [visit(item, at, [...names, '']) ?? item];
      });
      return rest.length > 0 ? rest : undefined;
    }
    if (paths.has(path)) return undefined;
    if (!isMap(value) || isAtomicMap(isCustom, names)) return value;
    const entries = Object.entries(value).flatMap(([name, each]) => {
      const rest = visit(each, join(path, `f:${name}`), [...names, name]);
      return rest === undefined ? [] : [[name, rest] as const];
    });
    return entries.length > 0 || Object.keys(value).length === 0 ? Object.fromEntries(entries) : undefined;
  };
  const result: Fields = {};
  for (const [name, value] of Object.entries(object)) {
    if (name === 'apiVersion' || name === 'kind') result[name] = value;
    else if (name === 'metadata') {
      const rest = visit(value, 'f:metadata', ['metadata']);
      result.metadata = rest ?? {};
    } else {
      const rest = visit(value, `f:${name}`, [name]);
      if (rest !== undefined) result[name] = rest;
    }
  }
  return result;
}

/** FieldsV1 of these paths. */
export function toFieldsV1(paths: Iterable<Path>): Fields {
  const root: Fields = {};
  for (const path of paths) {
    let here = root;
    const elements = path.split('\0');
    for (const element of elements) {
      here[element] ??= {};
      here = here[element] as Fields;
    }
    if (elements.at(-1)?.startsWith('k:')) here['.'] = {};
  }
  return root;
}

export function fromFieldsV1(fields: Fields): Set<Path> {
  const paths = new Set<Path>();
  const visit = (node: Fields, path: Path): void => {
    const names = Object.keys(node);
    if (names.length === 0 || '.' in node) paths.add(path);
    for (const name of names) if (name !== '.') visit(node[name] as Fields, join(path, name));
  };
  for (const [name, node] of Object.entries(fields)) visit(node as Fields, name);
  return paths;
}

/** As causes of a conflict name it: `.spec.template.spec.containers[name="web"].image`. */
export function fieldOf(path: Path): string {
  return path
    .split('\0')
    .map((element) => {
      const text = element.slice(2);
      if (element.startsWith('f:')) return `.${text}`;
      if (element.startsWith('v:')) return `[=${text}]`;
      const pairs = Object.entries(JSON.parse(text) as Record<string, Json>);
      return `[${pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}

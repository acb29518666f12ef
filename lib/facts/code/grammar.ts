import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import type { LanguageId } from '@/lib/magics/facts/code';
import { languageTable } from '../languages/registry';
import { type LanguageTable, ROLES, type Role } from '../languages/types';
import type { Grammar } from './code-tree';

/** Walks a tree by calling the parser's own functions: the public cursor copies its state on each step, four times slower. */
export interface CursorCalls {
  open(tree: Tree): Walk;
}

export interface Walk {
  kind(): number;
  field(): number;
  start(): number;
  end(): number;
  isMissing(): boolean;
  down(): boolean;
  right(): boolean;
  up(): boolean;
  close(): void;
}

export interface LoadedLanguage {
  parser: Parser;
  language: Language;
  grammar: Grammar;
  calls: CursorCalls;
}

type WasmCall = (tree: number) => number;
type WasmModule = Record<string, unknown>;

const require = createRequire(import.meta.url);
const loaded = new Map<LanguageId, Promise<LoadedLanguage>>();
let started: Promise<CursorCalls> | null = null;
let memory: () => number = () => 0;
let isBroken = false;

const WORN_BYTES = 128 * 1024 * 1024;

/** Whether this thread is better replaced: the memory of its parsers grows with the largest file and never shrinks. */
export const isParserWorn = (): boolean => isBroken || memory() > WORN_BYTES;

/** Memory of this thread's parsers and queries. */
export const parserBytes = (): number => memory();

/** A call was left in the middle: what it held is lost, and the thread is to be replaced. */
export function breakParser(): void {
  isBroken = true;
}

/** Loads a grammar once per thread. */
export function loadLanguage(id: LanguageId): Promise<LoadedLanguage> {
  const known = loaded.get(id);
  if (known) return known;
  const loading = load(languageTable(id));
  loaded.set(id, loading);
  return loading;
}

/** Loads the parser itself, which every grammar needs. */
export function prepareParser(): Promise<CursorCalls> {
  started ??= start();
  return started;
}

async function load(table: LanguageTable): Promise<LoadedLanguage> {
  const calls = await prepareParser();
  const language = await Language.load(require.resolve(table.wasm));
  const parser = new Parser();
  parser.setLanguage(language);
  return { parser, language, grammar: grammarOf(table, language), calls };
}

async function start(): Promise<CursorCalls> {
  // Named by the package's own place: a bundler takes a module that ends in .wasm for one to bundle.
  const module: WasmModule = { locateFile: (name: string) => join(dirname(require.resolve('web-tree-sitter')), name) };
  // The loader fills the options object with the functions of the WebAssembly module.
  await Parser.init(module as Parameters<typeof Parser.init>[0]);
  memory = () => (module.HEAPU8 instanceof Uint8Array ? module.HEAPU8.byteLength : 0);
  return cursorCalls(module);
}

const CALLS = [
  'current_node_type_id',
  'current_field_id',
  'start_index',
  'end_index',
  'current_node_is_missing',
  'goto_first_child',
  'goto_next_sibling',
  'goto_parent',
  'delete',
] as const;

function cursorCalls(module: WasmModule): CursorCalls {
  const raw = CALLS.map((name) => module[`_ts_tree_cursor_${name}_wasm`]);
  const isRaw = raw.every((call): call is WasmCall => typeof call === 'function');
  return { open: (tree) => (isRaw ? openRaw(tree, raw) : openPublic(tree)) };
}

function openRaw(tree: Tree, raw: WasmCall[]): Walk {
  // `walk()` leaves the new cursor in the transfer buffer, where the raw calls read and write it.
  const address = (tree as unknown as Record<number, number>)[0] ?? 0;
  const cursor = tree.walk();
  const none: WasmCall = () => 0;
  const [kind = none, field = none, start = none, end = none, missing = none] = raw;
  const [down = none, right = none, up = none, remove = none] = raw.slice(5);
  return {
    kind: () => kind(address),
    field: () => field(address),
    start: () => start(address),
    end: () => end(address),
    isMissing: () => missing(address) === 1,
    down: () => down(address) === 1,
    right: () => right(address) === 1,
    up: () => up(address) === 1,
    close: () => {
      remove(address);
      // What the object remembers is stale; emptied, its own delete frees nothing twice.
      Object.assign(cursor, { 0: 0, 1: 0, 2: 0, 3: 0 });
      cursor.delete();
    },
  };
}

function openPublic(tree: Tree): Walk {
  const cursor = tree.walk();
  return {
    kind: () => cursor.nodeTypeId,
    field: () => cursor.currentFieldId,
    start: () => cursor.startIndex,
    end: () => cursor.endIndex,
    isMissing: () => cursor.nodeIsMissing,
    down: () => cursor.gotoFirstChild(),
    right: () => cursor.gotoNextSibling(),
    up: () => cursor.gotoParent(),
    close: () => cursor.delete(),
  };
}

function grammarOf(table: LanguageTable, language: Language): Grammar {
  const names = [...language.types, 'ERROR'].map((name) => name ?? '');
  const roleBits = Object.fromEntries(ROLES.map((role, index) => [role, 1 << index])) as Record<Role, number>;
  const roles = new Uint32Array(names.length);
  const isNamed = new Uint8Array(names.length);
  const kindHashes = new Uint32Array(names.length);
  const rolesOf = new Map<string, number>();
  for (const role of ROLES) {
    for (const kind of table.roles[role] ?? []) rolesOf.set(kind, (rolesOf.get(kind) ?? 0) | roleBits[role]);
  }
  for (const kind of Object.keys(table.functions)) rolesOf.set(kind, (rolesOf.get(kind) ?? 0) | roleBits.function);

  for (const [id, name] of names.entries()) {
    const named = id === names.length - 1 || language.nodeTypeIsNamed(id);
    isNamed[id] = named ? 1 : 0;
    kindHashes[id] = hashName(name);
    // Keywords are anonymous nodes that may share the name of a named kind.
    if (named) roles[id] = rolesOf.get(name) ?? 0;
  }
  const fieldIds = new Map<string, number>();
  for (const [id, name] of language.fields.entries()) if (name) fieldIds.set(name, id);
  return { table, names, roles, isNamed, fieldIds, kindHashes, roleBits };
}

function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

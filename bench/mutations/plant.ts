import type { PlantId, Writing } from './languages';
import { createRandom, pick } from './random';

/** What was done to clean code, and which rule has to say so. */
export type Mutation = PlantId | 'dropped-assertion' | 'empty-test' | 'focused-test' | 'skipped-test';

export const RULE_OF: Readonly<Record<Mutation, string>> = {
  stub: 'integrity/no-stub',
  'fake-success': 'integrity/no-fake-success',
  'swallowed-error': 'integrity/no-swallowed-error',
  'debug-leftover': 'integrity/no-debug-leftover',
  secret: 'strict/no-secret',
  marker: 'integrity/no-unfinished-code',
  'commented-out-code': 'integrity/no-commented-out-code',
  suppression: 'integrity/no-suppression',
  'dropped-assertion': 'tdd/has-assertion',
  'empty-test': 'tdd/no-empty-test',
  'focused-test': 'tdd/no-focused-test',
  'skipped-test': 'tdd/no-skipped-test',
};

export interface Planted {
  mutation: Mutation;
  language: string;
  path: string;
  /** Lines of the function or test, from 1. */
  from: number;
  to: number;
}

export interface Planting {
  files: Record<string, string>;
  planted: Planted[];
}

const NOUNS = ['rate', 'fee', 'share', 'price', 'margin', 'bonus', 'quota', 'limit', 'offset', 'weight'];
const VERBS = ['compute', 'round', 'scale', 'convert', 'adjust', 'count', 'sum'];
const CLAIMS = ['validate', 'verify', 'check', 'save'];
const NAMES = 10_000;
const CLEAN_BEFORE = 2;
const CLEAN_AFTER = 1;

/** Files of functions and tests that do what they say, but for one place in each. */
export function plant(writings: readonly Writing[], seed: number, repeats: number): Planting {
  const files: Record<string, string> = {};
  const planted: Planted[] = [];
  for (const [index, writing] of writings.entries()) {
    const random = createRandom(seed);
    // No name twice: what many define alike is a variant, not a stub.
    let count = index * NAMES;
    const next = () => {
      count += 1;
      return count;
    };
    const nameOf = () => {
      const base = `${pick(random, NOUNS)}${next()}`;
      const isClass = /^(?:java|kotlin|csharp|php)$/.test(writing.language);
      return isClass ? base.charAt(0).toUpperCase() + base.slice(1) : base;
    };
    const add = (mutation: Mutation, isTest: boolean, piece: string, clean: () => string) => {
      const name = nameOf();
      const pieces = [
        ...Array.from({ length: CLEAN_BEFORE }, clean),
        piece,
        ...Array.from({ length: CLEAN_AFTER }, clean),
      ];
      const path = (isTest ? writing.test : writing.production).replace('NAME', name);
      const text = isTest ? writing.testFile(pieces, name) : writing.file(pieces, name);
      files[path] = text;
      const from = text.slice(0, text.indexOf(piece)).split('\n').length;
      planted.push({ mutation, language: writing.language, path, from, to: from + piece.split('\n').length - 1 });
    };
    const camel = () => `${pick(random, VERBS)}${next()}`;
    const cleanFunction = () => writing.fn(camel(), pick(random, writing.bodies));
    const testName = () => `${pick(random, VERBS)} ${pick(random, NOUNS)} ${next()}`;
    const testBody = () => [writing.call, pick(random, writing.assertions)];
    const cleanTest = () => writing.testCase(testName(), testBody());
    for (const [id, bodies] of Object.entries(writing.plants) as [
      PlantId,
      readonly (readonly string[])[] | undefined,
    ][]) {
      for (const body of bodies ?? []) {
        for (let repeat = 0; repeat < repeats; repeat += 1) {
          const name = id === 'fake-success' ? `${pick(random, CLAIMS)}Payment${next()}` : camel();
          const written =
            writing.language === 'python' ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
          add(id, false, writing.fn(written, body), cleanFunction);
        }
      }
    }
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      add('dropped-assertion', true, writing.testCase(testName(), [writing.call]), cleanTest);
      if (writing.emptyBody) add('empty-test', true, writing.testCase(testName(), writing.emptyBody), cleanTest);
      if (writing.focused) add('focused-test', true, writing.focused(testName(), testBody()), cleanTest);
      if (writing.skipped) add('skipped-test', true, writing.skipped(testName(), testBody()), cleanTest);
    }
    for (const [kind, pieces] of [
      ['production', writing.decoys ?? []],
      ['test', writing.decoyTests ?? []],
    ] as const) {
      for (const piece of pieces) {
        const name = nameOf();
        const path = writing[kind].replace('NAME', name);
        files[path] =
          kind === 'test' ? writing.testFile([piece, cleanTest()], name) : writing.file([cleanFunction(), piece], name);
      }
    }
  }
  return { files, planted };
}

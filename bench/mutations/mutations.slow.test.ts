import { beforeAll, describe, expect, test } from 'vitest';
import { factsOf, findingsOf } from '../accuracy/run-rules';
import { scriptHistories } from './histories';
import { judgePlanting, type Verdicts } from './judge';
import { WRITINGS } from './languages';
import { type Mutation, plant, RULE_OF } from './plant';

const SEED = 7;
/** Some two hundred files of ten grammars, on a busy machine. */
const READING_MS = 60_000;
const MUTATIONS = Object.keys(RULE_OF) as Mutation[];

describe('flaws planted in clean code', () => {
  let verdicts: Verdicts;

  beforeAll(async () => {
    const planting = plant(WRITINGS, SEED, 1);
    verdicts = judgePlanting(planting, await factsOf({ files: planting.files }));
  }, READING_MS);

  test.each(MUTATIONS)('%s is reported in every language', (mutation) => {
    const planted = verdicts.planted.filter((place) => place.mutation === mutation);

    expect(planted.length).toBeGreaterThan(0);
    expect(planted.filter(({ isFound }) => !isFound)).toEqual([]);
  });

  test('nothing is reported of the code around them', () => {
    expect(verdicts.elsewhere).toEqual([]);
  });
});

test.each(scriptHistories(SEED))('history: $name', async ({ sketch, reported, silent }) => {
  const facts = await factsOf(sketch);

  expect(reported.filter((ruleId) => findingsOf(facts, [ruleId]).length === 0)).toEqual([]);
  expect(silent.filter((ruleId) => findingsOf(facts, [ruleId]).length > 0)).toEqual([]);
});

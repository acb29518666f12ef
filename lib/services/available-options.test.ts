import { expect, test } from 'vitest';
import { en } from '@/lib/i18n/en';
import { policyProblems } from '@/lib/magics/check-policy';
import { magicWeight } from '@/lib/magics/policy';
import { magics } from '@/lib/magics/registry';
import { MAGIC_IDS } from '@/lib/magics/types';
import { Configuration } from '@/lib/schemas/configuration';
import { availableOptions } from './available-options';

const { fields, presets, frameworks, rules } = availableOptions();
const fieldOf = (path: string) => fields.find((field) => field.path === path);

test('every value that can be set is there with a description, and no description is left over', () => {
  expect(fields.map(({ path }) => path).sort()).toEqual(Object.keys(en.configuration.fields).sort());
  expect(fields.filter(({ description }) => description.en === description.ja)).toEqual([]);
});

test('tells kind, bounds and what holds otherwise as the schema has it', () => {
  expect(fieldOf('strictness')).toMatchObject({
    kind: 'number',
    least: 0,
    most: 1,
    fallback: '0.8',
    isNullable: false,
  });
  expect(fieldOf('gate.health.fail')).toMatchObject({ kind: 'number', isNullable: true, fallback: '60' });
  expect(fieldOf('gate.newCode.since')).toMatchObject({ kind: 'choice', choices: expect.arrayContaining(['tag']) });
  expect(fieldOf('magics')).toMatchObject({ kind: 'record', choices: MAGIC_IDS });
  expect(fieldOf('magics.*.isEnabled')).toMatchObject({ kind: 'switch', fallback: 'true' });
  expect(fieldOf('pathRules')).toMatchObject({ kind: 'objects', mostItems: 100 });
  expect(fieldOf('retention.days')).toMatchObject({ isInteger: true, least: 1, most: 3_650 });
});

test('each rule has its options as JSON Schema', () => {
  expect(rules).toHaveLength(magics.reduce((sum, magic) => sum + magic.rules.length, 0));
  expect(rules.find(({ ruleId }) => ruleId === 'git/has-short-subject')).toMatchObject({
    optionsSchema: { properties: { maxLength: { type: 'integer', minimum: 40, maximum: 200, default: 72 } } },
  });
});

test('each framework has rules', () => {
  expect(frameworks.filter((framework) => framework.rules === 0)).toEqual([]);
});

test.each(presets)('the preset $preset can be saved as it is', ({ configuration }) => {
  expect(Configuration.parse(configuration)).toEqual(configuration);
  expect(policyProblems(configuration)).toEqual([]);
});

test('the guild weighs its magics 40, 25, 20 and 15', () => {
  const guild = Configuration.parse(presets.find(({ preset }) => preset === 'guild')?.configuration);
  const sum = (...ids: (typeof MAGIC_IDS)[number][]) => ids.reduce((all, id) => all + magicWeight(guild, id), 0);

  expect([sum('integrity'), sum('flow', 'git'), sum('tdd', 'strict', 'predictive'), sum('sages', 'servant')]).toEqual([
    40, 25, 20, 15,
  ]);
});

test('a focus area weighs half as much again', () => {
  const startup = Configuration.parse(presets.find(({ preset }) => preset === 'startup')?.configuration);

  expect([magicWeight(startup, 'tdd'), magicWeight(startup, 'git')]).toEqual([22.5, 10]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { magics } from './registry';
import { RULE_IDS, repositorySettingsSchema } from './repository-settings';

test('the published schema is that of the code; npm run schema:settings writes it', () => {
  const published = JSON.parse(readFileSync('public/schemas/elder.v1.json', 'utf8'));

  expect(published).toEqual(JSON.parse(JSON.stringify(repositorySettingsSchema())));
});

test('the published schema knows rules by the form of their ids, so that a new one leaves it as it is', () => {
  const schema = JSON.stringify(repositorySettingsSchema());
  const { rule } = JSON.parse(schema).properties.suppressions.items.properties;
  const pattern = new RegExp(rule.pattern);

  expect([...RULE_IDS].filter((id) => !pattern.test(id))).toEqual([]);
  expect(pattern.test('integrity/unfinished')).toBe(false);
  expect(schema).not.toContain('integrity/no-stub');
});

test('a repository adds words to options, and nothing that is a number or a switch', () => {
  const own = magics.flatMap(({ rules }) => rules).filter(({ repositoryOptions }) => repositoryOptions.length > 0);

  expect(own.map(({ id, repositoryOptions }) => [id, ...repositoryOptions])).toEqual([
    ['integrity/no-unfinished-code', 'terms'],
    ['integrity/no-workaround', 'terms'],
    ['tdd/has-assertion', 'helpers'],
    ['servant/no-unused-dependency', 'used'],
  ]);
  for (const { options, repositoryOptions } of own) {
    for (const name of repositoryOptions) expect(options.safeParse({ [name]: ['some words'] }).success).toBe(true);
    for (const name of repositoryOptions) expect(options.safeParse({ [name]: 3 }).success).toBe(false);
  }
});

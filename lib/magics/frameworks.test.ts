import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FRAMEWORK_IDS, FRAMEWORKS, isOfFramework } from './frameworks';
import { magics } from './registry';

const rules = magics.flatMap((magic) => magic.rules);
const documented = readFileSync(new URL('../../docs/compliance.md', import.meta.url), 'utf8');

test.each(FRAMEWORK_IDS)('%s is offered because rules say something about it', (id) => {
  expect(rules.filter(({ tags }) => isOfFramework(id, tags)).length).toBeGreaterThan(3);
});

test('each tag of a law is documented with what it rests on, for the rules that carry it and no others', () => {
  const starts: readonly string[] = [...FRAMEWORKS.hipaa.tags, ...FRAMEWORKS.gdpr.tags];
  const carried = rules.flatMap(({ id, tags }) =>
    tags.filter((tag) => starts.some((start) => tag.startsWith(start))).map((tag) => `${tag}: ${id}`),
  );
  const told = [...documented.matchAll(/^\| `([^`]+)` \| [^|]+ \| (.+) \|$/gm)].flatMap(([, tag, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, id]) => `${tag}: ${id}`),
  );

  expect(carried.sort()).toEqual(told.sort());
  expect(told.length).toBeGreaterThan(30);
});

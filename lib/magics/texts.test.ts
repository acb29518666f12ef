import { expect, test } from 'vitest';
import { REMARKS } from './predictive/top-files';
import { magics } from './registry';

const japanese = magics
  .flatMap(({ rules }) => rules)
  .flatMap(({ id, title, why, fix, messages }) =>
    [title, why, fix, ...Object.values(messages)].map(({ ja }) => `${id}: ${ja}`),
  )
  .concat(Object.entries(REMARKS).map(([id, { ja }]) => `${id}: ${ja}`));

const textOf = (line: string) => line.slice(line.indexOf(': ') + 2);

test.each([
  ['no space before a counter or a percent sign', /[\d}] (?:人|回|個|件|日|行|分|秒|か月|か所|つ|%)/],
  ['the full-width colon', /[ぁ-んァ-ヶ一-龠」）]: ?/],
  ['one word for production code', /プロダクション/],
])('Japanese texts keep %s', (_, wrong) => {
  expect(japanese.filter((line) => wrong.test(textOf(line)))).toEqual([]);
});

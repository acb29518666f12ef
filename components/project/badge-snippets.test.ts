import { expect, test } from 'vitest';
import { badgeSnippets } from './badge-snippets';

test('a badge is pasted in three formats, each escaped its own way', () => {
  const badge = 'https://elder.example/api/v1/projects/1/badge.svg?metric=gate&language=ja';

  expect(badgeSnippets(badge, 'https://elder.example/projects/1', 'Gate [“x"]')).toEqual([
    { format: 'Markdown', text: `[![Gate “x](${badge})](https://elder.example/projects/1)` },
    {
      format: 'HTML',
      text: `<a href="https://elder.example/projects/1"><img src="${badge.replace('&', '&amp;')}" alt="Gate [“x&quot;]"></a>`,
    },
    { format: 'AsciiDoc', text: `image:${badge}["Gate “x",link="https://elder.example/projects/1"]` },
  ]);
});

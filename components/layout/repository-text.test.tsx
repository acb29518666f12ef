import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DiffBlock } from '@/components/code/DiffBlock';
import { shortPath } from '@/components/project/short-path';
import { MiddleCut } from './MiddleCut';
import { Mono } from './Mono';
import { SeenText } from './SeenText';

const HOSTILE = 'src/\u202egnp.exe\u200b';
const SHOWN = 'src/U+202Egnp.exeU+200B';

const textOf = (markup: string) => markup.replace(/<style.*?<\/style>|<[^>]*>/gs, '');

test('what a repository wrote is seen whole, wherever it is shown', () => {
  const drawn = [
    <SeenText key="text">{HOSTILE}</SeenText>,
    <Mono key="mono" title={HOSTILE}>
      {HOSTILE}
    </Mono>,
    <MiddleCut key="cut">{HOSTILE}</MiddleCut>,
    <DiffBlock key="diff" patch={`@@ -1 +1 @@\n+${HOSTILE}\n`} label="Fix" />,
  ].map((element) => renderToStaticMarkup(element));

  for (const markup of drawn) {
    expect(textOf(markup)).toContain(SHOWN);
    expect(markup).not.toMatch(/[\u202e\u200b]/);
  }
  expect(shortPath(HOSTILE)).toBe(SHOWN);
});

test('it does not turn the sentence around it', () => {
  expect(renderToStaticMarkup(<SeenText>שלום</SeenText>)).toBe('<bdi>שלום</bdi>');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeSpan, escapeMarkdown, link } from './markdown';

const plain = (text: string) => text.replaceAll('\u2060', '').replace(/\\(.)/g, '$1');

describe('text of a repository in Markdown', () => {
  test.each([
    '@everyone look',
    '[click](javascript:alert(1))',
    '<img src=x onerror=alert(1)>',
    'see #12 and !34',
    '**bold** | `code` ~~gone~~',
    'https://evil.example/x www.evil.example',
  ])('looks the same and means nothing: %s', (text) => {
    const escaped = escapeMarkdown(text);

    expect(plain(escaped)).toBe(text);
    expect(escaped).not.toMatch(/(?:^|[^\\])[[\]<>`*|]/);
    expect(escaped).not.toMatch(/[@#!][\p{L}\p{N}_]/u);
    expect(escaped).not.toMatch(/https?:|www\./i);
  });

  test('stays on its line and loses what nobody sees', () => {
    expect(escapeMarkdown('one\n\n# two\u202e\u0000 three')).toBe('one \\# two three');
  });

  test('in code has a fence that nothing in it closes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n') }), (text) => {
        const span = codeSpan(text);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        const inner = span.slice(fence.length, -fence.length);

        expect(span.endsWith(fence)).toBe(true);
        expect([...inner.matchAll(/`+/g)].map(([run]) => run.length)).not.toContain(fence.length);
        expect(span).not.toContain('\n');
      }),
    );
  });

  test('does not leave its link', () => {
    expect(link('a](b', 'https://elder.example/x) <y>')).toBe('[a\\]\\(b](https://elder.example/x%29%20%3Cy%3E)');
  });
});

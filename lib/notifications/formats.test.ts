import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { toDiscord } from './discord';
import type { Message } from './message';
import { cut, plainWords } from './plain-words';
import { toSlack } from './slack';
import { toTeams } from './teams';
import { newWebhookSecret, signWebhook } from './webhook';

const HOSTILE = [
  '<!channel> <!here> <@U012AB3CD> @everyone @here',
  '[click](https://evil.example) <https://evil.example|x>',
  '**b** `code` ~~s~~ ||spoiler|| # h\n- list\r\n> quote\u202Ereversed',
].join(' ');

function message(parts: Partial<Message> = {}): Message {
  return {
    language: 'en',
    title: HOSTILE,
    sections: [
      {
        tone: 'bad',
        title: HOSTILE,
        lines: [HOSTILE],
        link: { label: 'Open', url: 'https://elder.example/a?b=1&c=2' },
      },
    ],
    notes: ['Sent by Ancient Elder'],
    ...parts,
  };
}

test('words that others chose mention nobody and are no link, and look the same', () => {
  const shown = plainWords(HOSTILE);

  expect(shown).not.toMatch(/@(everyone|here|U0)|https:\/\/|[\n\r\u202e]/);
  expect(shown.replaceAll('\u2060', '')).toBe(HOSTILE.replace(/[\r\n\u202e]+/g, ' '));
  expect(plainWords('src/pay.ts:12 é 日本語 a@')).toBe('src/pay.ts:12 é 日本語 a@');
  expect(plainWords('pay\u200b.ts \u{e0041}')).toBe('payU+200B.ts U+E0041');
});

test('a text is cut between characters', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('ab😀def', 4)).toBe('ab…');
});

test('Slack gets what others wrote as plain text, and one link of ours', () => {
  const body = JSON.stringify(toSlack(message()));
  const { text, blocks } = JSON.parse(body);

  expect(text).not.toMatch(/<|@(?:here|everyone|channel)/);
  const mrkdwn = blocks.flatMap(({ elements = [] }: { elements?: { type: string; text: string }[] }) =>
    elements.filter(({ type }) => type === 'mrkdwn'),
  );
  expect(mrkdwn.map(({ text: one }: { text: string }) => one)).toEqual(['<https://elder.example/a?b=1&amp;c=2|Open>']);
  expect(body).not.toMatch(/https:\/\/evil/);
});

test('Discord mentions nobody, and reads no Markdown in what others wrote', () => {
  const body = toDiscord(message()) as { allowed_mentions: object; embeds: { title: string; description: string }[] };

  expect(body.allowed_mentions).toEqual({ parse: [] });
  const [embed] = body.embeds;
  for (const text of [embed?.title ?? '', embed?.description ?? '']) {
    expect(text.replace(/\\./g, '')).not.toMatch(/[*_~`|<>[\]#]/);
    expect(text).not.toMatch(/https:\/\/|@everyone/);
  }
});

test('Teams gets what others wrote in text runs alone, which know no Markdown', () => {
  const card = toTeams(message()) as { attachments: { content: { body: { type: string }[]; fallbackText: string } }[] };

  const [{ content } = { content: { body: [], fallbackText: '' } }] = card.attachments;
  expect(new Set(content.body.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
  expect(JSON.stringify(card)).not.toMatch(/<at>|https:\/\/evil/);
});

describe.each([
  ['Slack', toSlack],
  ['Discord', toDiscord],
  ['Teams', toTeams],
])('%s', (_name, format) => {
  test('takes a message of any size within its limits', () => {
    const long = 'x'.repeat(9000);
    const section = { tone: 'bad', title: long, lines: Array.from({ length: 60 }, () => long), link: null } as const;
    const body = format(message({ title: long, sections: Array.from({ length: 60 }, () => section), notes: [long] }));
    const text = JSON.stringify(body);

    const { blocks, embeds, attachments } = JSON.parse(text);
    if (blocks) {
      expect(blocks.length).toBeLessThanOrEqual(50);
      for (const { text: part } of blocks) expect(part?.text.length ?? 0).toBeLessThanOrEqual(3000);
    }
    if (embeds) {
      expect(embeds.length).toBeLessThanOrEqual(10);
      const sizes = embeds.map(
        (one: { title: string; description: string; footer?: { text: string } }) =>
          one.title.length + one.description.length + (one.footer?.text.length ?? 0),
      );
      expect(sizes.reduce((sum: number, size: number) => sum + size, 0)).toBeLessThanOrEqual(6000);
    }
    if (attachments) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(28 * 1024);
  });
});

describe('signatures of webhooks', () => {
  const body = '{"type":"elder.notices"}';

  test('are what the library of Standard Webhooks checks', () => {
    const secret = newWebhookSecret();
    const headers = signWebhook('a-message', new Date(), body, [secret]);

    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow();
  });

  test('are taken by who knows either secret', () => {
    const [now, before] = [newWebhookSecret(), newWebhookSecret()];
    const headers = signWebhook('a-message', new Date(), body, [now, before]);

    for (const secret of [now, before]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  test('are too old after five minutes', () => {
    const secret = newWebhookSecret();
    const headers = signWebhook('a-message', new Date(Date.now() - 6 * 60_000), body, [secret]);

    expect(() => new Webhook(secret).verify(body, headers)).toThrow();
  });
});

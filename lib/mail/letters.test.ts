import { describe, expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { LANGUAGES } from '@/lib/magics/types';
import { nameInLetter } from './layout';
import { invitationMail, passwordMail } from './letters';

const LINK = 'http://127.0.0.1:3000/invite/abc?a=1&b=2';
const INVITED = { to: 'kai@example.org', teamName: 'Kitchen', inviter: 'Rin', role: 'member', link: LINK } as const;

describe.each(LANGUAGES)('letters in %s', (language) => {
  const { mail: texts, access } = messagesIn(language);

  test('invite into the team with the role, by a link in both forms', () => {
    const mail = invitationMail({ ...INVITED, language });

    expect(mail).toMatchObject({ to: INVITED.to, language, subject: texts.invitation.subject('Kitchen') });
    const lead = texts.invitation.lead('Rin', 'Kitchen', access.roles.member);
    expect(mail.text).toContain(lead);
    expect(mail.text).toContain(`\n${LINK}\n`);
    expect(mail.html).toContain(lead);
    expect(mail.html).toContain(`<html lang="${language}">`);
    expect(mail.html).toContain('href="http://127.0.0.1:3000/invite/abc?a=1&amp;b=2"');
  });

  test('lead to a new password', () => {
    const mail = passwordMail({ to: 'rin@example.org', language, link: LINK });

    expect(mail.subject).toBe(texts.password.subject);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(texts.password.lead);
      expect(part).toContain(texts.password.ignore);
      expect(part).toContain(texts.sentBy('http://127.0.0.1:3000'));
    }
  });

  test('let nobody write HTML by a name', () => {
    const bad = `<img src=x onerror="alert('1')">&amp;`;

    const { html } = invitationMail({ ...INVITED, language, teamName: bad, inviter: bad });

    expect(html).not.toMatch(/<img|onerror="|&amp;<|'1'/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;');
  });

  test('load nothing from anywhere', () => {
    const { html } = invitationMail({ ...INVITED, language });

    expect(html).not.toMatch(/<(img|link|script|style|iframe|object)\b|url\(|src=|@import/);
  });
});

test.each([
  'https://evil.example/prize',
  'evil.example',
  'www.evil.example',
  'me@evil.example',
  'Win: https://evil.example:8080/a',
])('a name is no link: %s', (name) => {
  const { text } = invitationMail({ ...INVITED, language: 'en', teamName: name, inviter: name });

  expect(text).not.toMatch(/evil\.example|www\.evil|https:\/\/evil|me@/);
  expect(nameInLetter(name).replaceAll('\u2060', '')).toBe(name);
});

test('a name has one line, in the direction of the letter', () => {
  expect(nameInLetter('A\r\nB\u2028C\u202ED')).toBe('A B C D');
  expect(nameInLetter('Kitchen 👩‍🍳')).toBe('Kitchen 👩‍🍳');
});

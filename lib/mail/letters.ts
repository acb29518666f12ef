import { env } from '@/lib/env';
import { type Messages, messagesIn } from '@/lib/i18n/messages';
import type { Language } from '@/lib/magics/types';
import { type Letter, layOut, nameInLetter } from './layout';
import type { Mail } from './send-mail';

export interface InvitationLetter {
  to: string;
  language: Language;
  teamName: string;
  inviter: string;
  role: keyof Messages['access']['roles'];
  link: string;
}

export function invitationMail({ to, language, teamName, inviter, role, link }: InvitationLetter): Mail {
  const t = messagesIn(language);
  const texts = t.mail.invitation;
  return toMail(to, {
    language,
    subject: texts.subject(teamName),
    paragraphs: [texts.lead(nameInLetter(inviter), nameInLetter(teamName), t.access.roles[role]), texts.lasts],
    action: { label: texts.action, url: link },
    notes: [texts.ignore],
  });
}

interface PasswordLetter {
  to: string;
  language: Language;
  link: string;
}

export function passwordMail({ to, language, link }: PasswordLetter): Mail {
  const texts = messagesIn(language).mail.password;
  return toMail(to, {
    language,
    subject: texts.subject,
    paragraphs: [texts.lead, texts.lasts],
    action: { label: texts.action, url: link },
    notes: [texts.ignore],
  });
}

/** Every letter says which server sent it. */
function toMail(to: string, letter: Omit<Letter, 'actionHelp'>): Mail {
  const { mail } = messagesIn(letter.language);
  const whole = { ...letter, actionHelp: mail.actionHelp, notes: [...letter.notes, mail.sentBy(env().PUBLIC_URL)] };
  return { to, language: letter.language, subject: letter.subject, ...layOut(whole) };
}

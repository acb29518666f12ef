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

interface ConfirmLetter {
  to: string;
  language: Language;
  teamName: string;
  channelName: string;
  link: string;
}

/** Asks the owner of an address whether they want what a channel tells. */
export function confirmChannelMail({ to, language, teamName, channelName, link }: ConfirmLetter): Mail {
  const texts = messagesIn(language).notifications.letter;
  return toMail(to, {
    language,
    subject: texts.subject(teamName),
    paragraphs: [texts.lead(nameInLetter(teamName), nameInLetter(channelName)), texts.lasts],
    action: { label: texts.action, url: link },
    notes: [texts.ignore],
  });
}

export function channelDisabledMail({ to, language, teamName, channelName, link }: ConfirmLetter): Mail {
  const texts = messagesIn(language).notifications.letter;
  return toMail(to, {
    language,
    subject: texts.disabledSubject(channelName),
    paragraphs: [texts.disabledLead(nameInLetter(channelName), nameInLetter(teamName))],
    action: { label: texts.disabledAction, url: link },
    notes: [texts.disabledNote],
  });
}

interface NoticeLetter {
  to: string;
  message: {
    language: Language;
    title: string;
    sections: NonNullable<Letter['sections']>;
    notes: readonly string[];
  };
  channelName: string;
  stopUrl: string;
  messageId: string;
}

/** Tells what a channel tells. What repositories wrote becomes no link. */
export function noticeMail({ to, message, channelName, stopUrl, messageId }: NoticeLetter): Mail {
  const { language, title, sections } = message;
  const texts = messagesIn(language).notifications.letter;
  const letter = {
    language,
    subject: title,
    paragraphs: sections.length === 1 ? [] : [nameInLetter(title)],
    sections: sections.map(({ title: heading, lines, link }) => ({
      title: nameInLetter(heading),
      lines: lines.map(nameInLetter),
      link,
    })),
    action: null,
    // The last note says which server it is, as every letter does.
    notes: [...message.notes.slice(0, -1), texts.why(nameInLetter(channelName)), texts.stop(stopUrl)],
  };
  return { ...toMail(to, letter), messageId };
}

/** Every letter says which server sent it. */
function toMail(to: string, letter: Omit<Letter, 'actionHelp'>): Mail {
  const { mail } = messagesIn(letter.language);
  const whole = { ...letter, actionHelp: mail.actionHelp, notes: [...letter.notes, mail.sentBy(env().PUBLIC_URL)] };
  return { to, language: letter.language, subject: letter.subject, ...layOut(whole) };
}

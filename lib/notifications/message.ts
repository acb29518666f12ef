import type { Language } from '@/lib/magics/types';

export type Tone = 'good' | 'bad' | 'warning' | 'info';

/** One thing that happened. All text is plain: whoever lays it out escapes the whole of it. */
export interface Section {
  tone: Tone;
  title: string;
  lines: readonly string[];
  link: { label: string; url: string } | null;
}

/** What a person is told, in their language. */
export interface Message {
  language: Language;
  title: string;
  sections: readonly Section[];
  /** Small print. */
  notes: readonly string[];
}

/** What a program is told. */
export interface WebhookEvent {
  type: string;
  at: string;
  project: { id: string; name: string; url: string } | null;
  auditId: string | null;
  url: string;
  data: unknown;
}

/** All that a delivery needs, so that a repeat says the same. */
export interface StoredMessage {
  message: Message;
  events: readonly WebhookEvent[];
}

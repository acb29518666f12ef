import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { LANGUAGES } from '@/lib/magics/types';
import { DEFAULT_SETTINGS } from '@/lib/schemas/channels';
import type { Notice } from './notice';
import { writeEvents, writeMessage } from './write-message';

test.each(LANGUAGES)('access that is lost is got back where the link leads (%s)', (language) => {
  const notice: Notice = {
    kind: 'access_lost',
    data: { connectionId: 'c', connectionName: 'Bot', account: null, projects: 3 },
    at: '2026-01-01T09:00:00.000Z',
    auditId: null,
    project: null,
  };
  const writing = { settings: { ...DEFAULT_SETTINGS, language }, teamId: 'one', publicUrl: 'https://elder.example' };

  const [section] = writeMessage([notice], writing).sections;
  const [event] = writeEvents([notice], writing);

  const url = 'https://elder.example/teams/one/hosts';
  expect(section?.link).toEqual({ label: messagesIn(language).notifications.message.hosts, url });
  expect(event?.url).toBe(url);
});

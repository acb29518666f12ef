import { describe, expect, test } from 'vitest';
import { en } from '@/lib/i18n/en';
import { DEFAULT_SETTINGS } from '@/lib/schemas/channels';
import { type ChannelDraft, changesOf, draftProblems } from './draft';

const words = en.notifications.form;
const draft: ChannelDraft = {
  ...DEFAULT_SETTINGS,
  name: 'Builds',
  address: 'https://hooks.example.com/a',
  emails: [],
  isEnabled: true,
};
const problemsOf = (parts: Partial<ChannelDraft>, kind: 'slack' | 'email' = 'slack', isNew = true) =>
  draftProblems({ ...draft, ...parts }, { kind, isNew, t: en });

describe('a channel in the form', () => {
  test('is fine as it is', () => {
    expect(problemsOf({})).toEqual({});
    expect(problemsOf({ emails: ['kai@example.org'] }, 'email')).toEqual({});
  });

  test.each([
    [{ name: '  ' }, { name: words.nameMissing }],
    [{ address: '' }, { address: words.addressMissing }],
    [{ address: 'ftp://x' }, { address: words.addressBad }],
    [{ timeZone: 'Mars/Olympus' }, { timeZone: words.timeZoneBad }],
    [{ events: [] }, { events: words.eventsMissing }],
    [{ frequency: 'low', dailyAt: '25:00' }, { dailyAt: words.timeBad }],
    [{ quietHours: { from: '22:00', to: '22:00' } }, { quietHours: words.quietSame }],
    [{ events: ['weekly_digest'], weekly: { weekday: 1, at: '' } }, { weeklyAt: words.timeBad }],
  ] as const)('with %o is told what is wrong', (parts, expected) => {
    expect(problemsOf(parts as Partial<ChannelDraft>)).toEqual(expected);
  });

  test('of e-mail needs addresses', () => {
    expect(problemsOf({ emails: [] }, 'email')).toEqual({ emails: words.emailsMissing });
    expect(problemsOf({ emails: ['kai'] }, 'email')).toEqual({ emails: words.emailBad('kai') });
  });

  test('keeps its address when none is entered', () => {
    expect(problemsOf({ address: '' }, 'slack', false)).toEqual({});
    expect(changesOf({ ...draft, address: '', name: ' Builds ' }, draft, 'slack')).toEqual({});
  });

  test('sends what was changed and nothing else', () => {
    const base = { ...draft, address: '' };

    expect(changesOf({ ...base, address: ' https://x.example/y ', mostAnHour: 3 }, base, 'slack')).toEqual({
      address: 'https://x.example/y',
      mostAnHour: 3,
    });
  });
});

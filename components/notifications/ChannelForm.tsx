'use client';

import Box from '@mui/material/Box';
import { Field } from '@/components/forms/Field';
import { LinesField } from '@/components/forms/LinesField';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { SwitchLine } from '@/components/policy/SwitchLine';
import { ToggleChips } from '@/components/policy/ToggleChips';
import { LANGUAGE_NAMES } from '@/components/shell/choices';
import { LANGUAGES, MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import { CHANNEL_EVENTS, type ChannelKind, FREQUENCIES } from '@/lib/schemas/channel-kinds';
import type { ChannelView } from '@/lib/schemas/channels';
import type { ChannelDraft, DraftField, DraftProblems } from './draft';
import { QuietHours } from './QuietHours';
import { SettingLine } from './SettingLine';

interface ChannelFormProps {
  kind: ChannelKind;
  draft: ChannelDraft;
  /** null: it is about to be made. */
  channel: ChannelView | null;
  problems: DraftProblems;
  projects: readonly { projectId: string; name: string }[];
  onChange: (part: Partial<ChannelDraft>) => void;
  /** A field was left: what is wrong with it may be told now. */
  onLeave: (field: DraftField) => void;
}

/** Where a channel leads to, and what it is told when. */
export function ChannelForm({ kind, draft, channel, problems, projects, onChange, onLeave }: ChannelFormProps) {
  const t = useMessages();
  const words = t.notifications.form;
  return (
    <>
      <Panel title={words.what} meta={t.notifications.kindHelp[kind]} headingId="where">
        <Box sx={COLUMN}>
          <Box onBlur={() => onLeave('name')}>
            <Field
              label={words.name}
              value={draft.name}
              onChange={(name) => onChange({ name })}
              error={problems.name ?? null}
              required
              autoComplete="off"
            />
          </Box>
          {kind === 'email' ? (
            <Box onBlur={() => onLeave('emails')}>
              <LinesField
                label={words.emails}
                value={draft.emails}
                onChange={(emails) => onChange({ emails })}
                help={words.emailsHelp}
                error={problems.emails ?? null}
              />
              {channel && <Recipients emails={channel.emails} />}
            </Box>
          ) : (
            <Box onBlur={() => onLeave('address')}>
              <Field
                label={words.address}
                value={draft.address}
                onChange={(address) => onChange({ address })}
                help={channel?.shownAddress ? words.addressKept(channel.shownAddress) : words.addressHelp[kind]}
                error={problems.address ?? null}
                required={!channel}
                autoComplete="off"
                inputProps={{ spellCheck: false, inputMode: 'url' }}
              />
            </Box>
          )}
          <SelectField
            label={words.language}
            value={draft.language}
            options={LANGUAGES.map((value) => ({ value, name: LANGUAGE_NAMES[value] }))}
            onChange={(language) => onChange({ language })}
          />
          <SwitchLine
            label={words.isEnabled}
            isOn={draft.isEnabled}
            isReadOnly={false}
            onChange={(isEnabled) => onChange({ isEnabled })}
          />
        </Box>
      </Panel>
      <Panel title={words.when} headingId="when">
        <Box sx={COLUMN}>
          <Box>
            <ToggleChips
              label={words.events}
              options={CHANNEL_EVENTS.map((value) => ({ value, name: t.notifications.events[value] }))}
              chosen={draft.events}
              onChange={(events) => onChange({ events })}
            />
            {problems.events && (
              <Box role="alert" sx={{ mt: 1, typography: 'body2', color: 'error.main' }}>
                {problems.events}
              </Box>
            )}
          </Box>
          {draft.events.includes('new_findings') && (
            <SelectField
              label={words.minSeverity}
              value={draft.minSeverity}
              options={SEVERITIES.map((value) => ({ value, name: t.common.severity[value] }))}
              onChange={(minSeverity) => onChange({ minSeverity })}
            />
          )}
          {draft.events.includes('violation_rate') && (
            <SettingLine
              label={words.limit}
              value={draft.violationLimit}
              unit={words.limitUnit}
              least={0}
              most={10_000}
              step={0.1}
              onChange={(violationLimit) => onChange({ violationLimit })}
            />
          )}
          <ToggleChips
            label={words.magics}
            options={MAGIC_IDS.map((value) => ({ value, name: t.common.magics[value] }))}
            chosen={draft.magics}
            help={words.magicsHelp}
            onChange={(magics) => onChange({ magics })}
          />
          {projects.length > 0 && (
            <ToggleChips
              label={words.projects}
              options={projects.map(({ projectId, name }) => ({ value: projectId, name }))}
              chosen={draft.projectIds}
              help={words.projectsHelp}
              onChange={(projectIds) => onChange({ projectIds })}
            />
          )}
          <SelectField
            label={words.frequency}
            value={draft.frequency}
            options={FREQUENCIES.map((value) => ({ value, name: t.notifications.frequencies[value] }))}
            onChange={(frequency) => onChange({ frequency })}
          />
          {draft.frequency === 'low' && (
            <Box onBlur={() => onLeave('dailyAt')}>
              <Field
                label={words.dailyAt}
                type="time"
                value={draft.dailyAt}
                onChange={(dailyAt) => onChange({ dailyAt })}
                error={problems.dailyAt ?? null}
              />
            </Box>
          )}
          {draft.events.includes('weekly_digest') && (
            <Box sx={PAIR} onBlur={() => onLeave('weeklyAt')}>
              <SelectField
                label={words.weekday}
                value={String(draft.weekly.weekday)}
                options={words.weekdays.map((name, index) => ({ value: String(index + 1), name }))}
                onChange={(weekday) => onChange({ weekly: { ...draft.weekly, weekday: Number(weekday) } })}
              />
              <Field
                label={words.weeklyAt}
                type="time"
                value={draft.weekly.at}
                onChange={(at) => onChange({ weekly: { ...draft.weekly, at } })}
                error={problems.weeklyAt ?? null}
              />
            </Box>
          )}
          <Box onBlur={() => onLeave('timeZone')}>
            <Field
              label={words.timeZone}
              value={draft.timeZone}
              onChange={(timeZone) => onChange({ timeZone })}
              help={words.timeZoneHelp}
              error={problems.timeZone ?? null}
              inputProps={{ spellCheck: false }}
            />
          </Box>
          <SwitchLine
            label={words.onlyOnChange}
            help={words.onlyOnChangeHelp}
            isOn={draft.isOnlyOnChange}
            isReadOnly={false}
            onChange={(isOnlyOnChange) => onChange({ isOnlyOnChange })}
          />
          <Box onBlur={() => onLeave('quietHours')}>
            <QuietHours
              value={draft.quietHours}
              problem={problems.quietHours ?? null}
              onChange={(quietHours) => onChange({ quietHours })}
            />
          </Box>
          <SettingLine
            label={words.mostAnHour}
            help={words.mostAnHourHelp}
            value={draft.mostAnHour}
            least={1}
            most={60}
            onChange={(mostAnHour) => onChange({ mostAnHour })}
          />
        </Box>
      </Panel>
    </>
  );
}

function Recipients({ emails }: { emails: ChannelView['emails'] }) {
  const words = useMessages().notifications.recipients;
  return (
    <Box component="ul" sx={{ mt: 2, typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {emails.map(({ email, state }) => (
        <li key={email}>
          {email} · {words[state]}
        </li>
      ))}
    </Box>
  );
}

const COLUMN = { display: 'grid', gap: 4, maxWidth: 640, minWidth: 0 } as const;
const PAIR = { display: 'grid', gap: 4, gridTemplateColumns: { sm: '1fr 1fr' } } as const;

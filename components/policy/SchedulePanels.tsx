'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';
import { NumberSetting } from './NumberSetting';
import { ScheduleForm } from './ScheduleForm';
import { SwitchLine } from './SwitchLine';

const NIGHTLY = '0 3 * * *';

/** When audits run by themselves, and how long they are kept. */
export function SchedulePanels() {
  const t = useMessages();
  const { timeZone } = useFormat();
  const { draft, base, change, isReadOnly, errorAt } = usePolicyForm();
  const { schedule, retention } = draft;
  const words = t.policy.schedule;
  // Switched off, the time that was chosen stays for the day it is switched on again.
  const turn = (isEnabled: boolean) =>
    change({
      schedule: schedule
        ? { ...schedule, isEnabled }
        : { ...(base.schedule ?? { cron: NIGHTLY, timeZone }), isEnabled },
    });
  return (
    <>
      <Panel headingId="schedule" title={words.title} meta={words.about}>
        <SwitchLine label={words.isOn} isOn={schedule?.isEnabled ?? false} isReadOnly={isReadOnly} onChange={turn} />
        {schedule?.isEnabled && (
          <ScheduleForm
            schedule={schedule}
            isReadOnly={isReadOnly}
            errors={{ cron: errorAt('schedule', 'cron'), timeZone: errorAt('schedule', 'timeZone') }}
            onChange={(part) => change({ schedule: { ...schedule, ...part } })}
          />
        )}
      </Panel>
      <Panel headingId="retention" title={words.retention} meta={words.retentionAbout}>
        <Box sx={{ display: 'grid', gap: 5, maxWidth: 640 }}>
          <NumberSetting
            label={words.days}
            value={retention.days}
            unit={t.policy.repository.days}
            placeholder={words.unlimited}
            least={1}
            most={3_650}
            isOptional
            help={words.daysHelp}
            error={errorAt('retention', 'days')}
            isReadOnly={isReadOnly}
            onChange={(days) => change({ retention: { ...retention, days } })}
          />
          <NumberSetting
            label={words.audits}
            value={retention.audits}
            unit={words.auditsUnit}
            placeholder={words.unlimited}
            least={1}
            most={100_000}
            isOptional
            help={words.auditsHelp}
            error={errorAt('retention', 'audits')}
            isReadOnly={isReadOnly}
            onChange={(audits) => change({ retention: { ...retention, audits } })}
          />
        </Box>
      </Panel>
    </>
  );
}

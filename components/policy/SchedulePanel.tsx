'use client';

import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';
import { ScheduleForm } from './ScheduleForm';
import { SwitchLine } from './SwitchLine';

const NIGHTLY = '0 3 * * *';

/** When audits run by themselves. */
export function SchedulePanel() {
  const t = useMessages();
  const { timeZone } = useFormat();
  const { draft, base, change, isReadOnly, errorAt } = usePolicyForm('schedule');
  const { schedule } = draft;
  const words = t.policy.schedule;
  // Switched off, the time that was chosen stays for the day it is switched on again.
  const turn = (isEnabled: boolean) =>
    change({
      schedule: schedule
        ? { ...schedule, isEnabled }
        : { ...(base.schedule ?? { cron: NIGHTLY, timeZone, skipUnchanged: true }), isEnabled },
    });
  return (
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
  );
}

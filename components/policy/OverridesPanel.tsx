'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';
import { SwitchLine } from './SwitchLine';

/** What a project may set for itself. */
export function OverridesPanel() {
  const t = useMessages();
  const { draft, options, change, isReadOnly } = usePolicyForm('overrides');
  const words = t.policy.overrides;
  return (
    <Panel headingId="overrides" title={words.title} meta={words.about}>
      {options.sections.map((section) => (
        <SwitchLine
          key={section}
          label={t.policy.parts[section]}
          isOn={draft.overrides.includes(section)}
          isReadOnly={isReadOnly}
          onChange={(isOn) =>
            change({
              overrides: options.sections.filter((id) => (id === section ? isOn : draft.overrides.includes(id))),
            })
          }
        />
      ))}
    </Panel>
  );
}

'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';
import { SwitchLine } from './SwitchLine';

export function BadgePanel() {
  const t = useMessages();
  const { draft, change, isReadOnly } = usePolicyForm('publicBadge');
  const words = t.policy.badge;
  return (
    <Panel headingId="badge" title={words.title}>
      <SwitchLine
        label={words.isOn}
        help={words.help}
        isOn={draft.publicBadge}
        isReadOnly={isReadOnly}
        onChange={(publicBadge) => change({ publicBadge })}
      />
    </Panel>
  );
}

'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';
import { SwitchLine } from './SwitchLine';

/** Catalogues of controls by which reports can be read. */
export function CompliancePanel() {
  const t = useMessages();
  const format = useFormat();
  const { draft, options, change, isReadOnly } = usePolicyForm('complianceFrameworks');
  const { complianceFrameworks: chosen } = draft;
  const words = t.policy.compliance;
  return (
    <Panel headingId="compliance" title={words.title} meta={words.about}>
      {options.frameworks.map(({ frameworkId, title, rules }) => (
        <SwitchLine
          key={frameworkId}
          label={title[format.language]}
          help={words.rules(format.number(rules))}
          isOn={chosen.includes(frameworkId)}
          isReadOnly={isReadOnly}
          onChange={(isOn) =>
            change({
              complianceFrameworks: options.frameworks
                .map((one) => one.frameworkId)
                .filter((id) => (id === frameworkId ? isOn : chosen.includes(id))),
            })
          }
        />
      ))}
      <Box component="p" sx={{ mt: 3, typography: 'body2', color: 'elder.text3' }}>
        {words.help}
      </Box>
    </Panel>
  );
}

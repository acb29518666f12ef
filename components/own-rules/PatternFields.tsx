'use client';

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { FilterMenu } from '@/components/forms/FilterMenu';
import { SelectField } from '@/components/forms/SelectField';
import { TextArea } from '@/components/forms/TextArea';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { RuleFieldsProps } from './OwnRuleFields';
import { withFlag } from './own-rule-draft';
import { RULE_LANGUAGES } from './rule-languages';

const WHERES = ['all', 'code', 'comments', 'strings'] as const;
const FLAGS = ['i', 'm', 's'] as const;

/** What a rule by a pattern asks. */
export function PatternFields({ draft, problems, onChange, checkWritten }: RuleFieldsProps) {
  const t = useMessages();
  return (
    <>
      <TextArea
        label={t.ownRules.pattern}
        help={t.ownRules.patternHelp}
        value={draft.pattern}
        error={problems.pattern ?? null}
        check={checkWritten}
        onChange={(pattern) => onChange({ pattern: pattern.replace(/\n/g, '') })}
        rows={1}
        required
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4 }}>
        {FLAGS.map((flag) => (
          <FormControlLabel
            key={flag}
            label={t.ownRules.flags[flag]}
            control={
              <Checkbox
                size="small"
                checked={draft.flags.includes(flag)}
                onChange={(_, isSet) => onChange({ flags: withFlag(draft.flags, flag, isSet) })}
              />
            }
          />
        ))}
      </Box>
      <SelectField
        label={t.ownRules.where}
        value={draft.where}
        options={WHERES.map((value) => ({ value, name: t.ownRules.wheres[value] }))}
        onChange={(where) => onChange({ where })}
      />
      <div>
        <FilterMenu
          label={
            draft.languages.length === 0 ? `${t.ownRules.languages}: ${t.ownRules.anyLanguage}` : t.ownRules.languages
          }
          chosen={draft.languages}
          options={RULE_LANGUAGES.map(({ value, name }) => ({ value, name }))}
          onChange={(chosen) =>
            onChange({ languages: RULE_LANGUAGES.flatMap(({ value }) => (chosen.includes(value) ? [value] : [])) })
          }
        />
      </div>
    </>
  );
}

'use client';

import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { Field } from '@/components/forms/Field';
import { SelectField } from '@/components/forms/SelectField';
import { TextArea } from '@/components/forms/TextArea';
import type { Check } from '@/components/forms/use-field-check';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { OwnRuleDraft } from './own-rule-draft';
import { PatternFields } from './PatternFields';
import { RULE_LANGUAGES } from './rule-languages';

export interface RuleFieldsProps {
  draft: OwnRuleDraft;
  /** By field of the rule. */
  problems: Readonly<Record<string, string>>;
  onChange: (change: Partial<OwnRuleDraft>) => void;
  /** For fields that must not be empty. */
  checkWritten: Check;
}

const DEMANDS = ['absent', 'present', 'named'] as const;

/** What a rule looks for and where, by its kind. */
export function OwnRuleFields(props: RuleFieldsProps) {
  const { draft, problems, onChange, checkWritten } = props;
  const t = useMessages();
  return (
    <>
      {draft.kind === 'pattern' && <PatternFields {...props} />}
      {draft.kind === 'query' && <QueryFields {...props} />}
      {draft.kind === 'path' && <PathFields {...props} />}
      <TextArea
        label={t.ownRules.include}
        help={t.ownRules.globHelp}
        value={draft.include}
        error={problems.include ?? null}
        onChange={(include) => onChange({ include })}
        rows={2}
        required={draft.kind === 'path'}
        {...(draft.kind === 'path' && { check: checkWritten })}
      />
      <TextArea
        label={t.ownRules.exclude}
        value={draft.exclude}
        error={problems.exclude ?? null}
        onChange={(exclude) => onChange({ exclude })}
        rows={1}
      />
      {draft.kind !== 'path' && (
        <FormControlLabel
          label={t.ownRules.isEverywhere}
          control={
            <Checkbox
              size="small"
              checked={draft.isEverywhere}
              onChange={(_, isEverywhere) => onChange({ isEverywhere })}
            />
          }
        />
      )}
    </>
  );
}

function QueryFields({ draft, problems, onChange, checkWritten }: RuleFieldsProps) {
  const t = useMessages();
  return (
    <>
      <SelectField
        label={t.ownRules.language}
        value={draft.language}
        options={RULE_LANGUAGES}
        onChange={(language) => onChange({ language })}
      />
      <TextArea
        label={t.ownRules.query}
        help={t.ownRules.queryHelp}
        value={draft.query}
        error={problems.query ?? null}
        check={checkWritten}
        onChange={(query) => onChange({ query })}
        rows={4}
        required
      />
    </>
  );
}

function PathFields({ draft, problems, onChange, checkWritten }: RuleFieldsProps) {
  const t = useMessages();
  return (
    <>
      <SelectField
        label={t.ownRules.demand}
        value={draft.demand}
        options={DEMANDS.map((value) => ({ value, name: t.ownRules.demands[value] }))}
        onChange={(demand) => onChange({ demand })}
      />
      {draft.demand === 'named' && (
        <Field
          label={t.ownRules.namePattern}
          value={draft.namePattern}
          error={problems.namePattern ?? null}
          check={checkWritten}
          onChange={(namePattern) => onChange({ namePattern })}
          autoComplete="off"
          required
        />
      )}
    </>
  );
}

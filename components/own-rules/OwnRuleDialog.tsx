'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import type { OwnRule, OwnRuleTest } from '@/lib/schemas/own-rules';
import { ruleChecks } from './check-own-rule';
import { OwnRuleFields } from './OwnRuleFields';
import { OwnRuleTestResult } from './OwnRuleTestResult';
import { draftOf, EMPTY_DRAFT, type OwnRuleDraft, ruleOf, testRuleOf } from './own-rule-draft';
import { RuleTextFields } from './RuleTextFields';
import { ruleProblems } from './rule-problems';

interface OwnRuleDialogProps {
  teamId: string;
  /** null: a new one. */
  rule: OwnRule | null;
  /** Ids of the other rules. */
  taken: readonly string[];
  onApply: (rule: OwnRule) => void;
  onClose: () => void;
}

const KINDS = ['pattern', 'query', 'path'] as const;

/** One rule of the team's own. The server reads and tries it before it is taken over. */
export function OwnRuleDialog({ teamId, rule, taken, onApply, onClose }: OwnRuleDialogProps) {
  const t = useMessages();
  const words = t.ownRules;
  const [draft, setDraft] = useState<OwnRuleDraft>(rule ? draftOf(rule) : EMPTY_DRAFT);
  const test = useMutation({
    mutationFn: (asked: OwnRule) =>
      callApi<OwnRuleTest>(`/teams/${teamId}/own-rules/test`, { method: 'POST', body: { rule: asked } }),
    onError: focusFirstError,
  });
  const change = (changed: Partial<OwnRuleDraft>) => setDraft((before) => ({ ...before, ...changed }));
  const checks = ruleChecks(t, taken);
  const own = ruleOf(draft);
  const isTaken = taken.includes(own.id);
  const problems = test.error ? ruleProblems(t, test.error) : {};
  const { id: idProblem, ...others } = problems;
  const isOfFields = Object.keys(problems).length > 0 && problemOf(test.error).code !== 'offline';
  const wrong = Object.keys(problems).length + (isTaken && !idProblem ? 1 : 0);
  const apply = () => {
    if (isTaken) focusFirstError();
    else test.mutate(own, { onSuccess: () => onApply(own) });
  };
  return (
    <FormDialog
      title={rule ? words.editTitle : words.newTitle}
      submit={words.apply}
      isBusy={test.isPending}
      error={isOfFields ? null : test.error}
      summary={wrong > 0 ? words.summary(wrong) : null}
      onSubmit={apply}
      onClose={onClose}
    >
      <FormControlLabel
        label={words.isEnabled}
        control={<Checkbox size="small" checked={draft.isEnabled} onChange={(_, isEnabled) => change({ isEnabled })} />}
      />
      <Field
        label={words.name}
        help={words.nameHelp}
        value={draft.name}
        error={isTaken ? words.nameTaken : idProblem ? `${idProblem} ${words.nameHelp}` : null}
        check={checks.name}
        onChange={(name) => change({ name })}
        autoComplete="off"
        required
        autoFocus
      />
      <SelectField
        label={words.kind}
        value={draft.kind}
        options={KINDS.map((value) => ({ value, name: words.kinds[value] }))}
        onChange={(kind) => change({ kind })}
      />
      <OwnRuleFields draft={draft} problems={others} onChange={change} checkWritten={checks.written} />
      <SelectField
        label={words.magic}
        value={draft.magic}
        options={MAGIC_IDS.map((value) => ({ value, name: t.common.magics[value] }))}
        onChange={(magic) => change({ magic })}
      />
      <SelectField
        label={words.severity}
        value={draft.severity}
        options={SEVERITIES.map((value) => ({ value, name: t.common.severity[value] }))}
        onChange={(severity) => change({ severity })}
      />
      <Field
        label={words.zeroAt}
        help={words.zeroAtHelp}
        value={draft.zeroAt}
        error={others.zeroAt ?? null}
        check={checks.zeroAt}
        onChange={(zeroAt) => change({ zeroAt })}
        inputProps={{ inputMode: 'numeric' }}
        autoComplete="off"
      />
      <RuleTextFields texts={draft.texts} problems={others} onChange={(texts) => change({ texts })} />
      <Box>
        <Button variant="outlined" loading={test.isPending} onClick={() => test.mutate(testRuleOf(draft))}>
          {words.test}
        </Button>
        <Box component="span" sx={{ ml: 3, typography: 'body2', color: 'elder.text3' }}>
          {words.testHelp}
        </Box>
        {test.isPending && (
          <Box component="span" role="status" sx={{ ml: 3, color: 'text.secondary' }}>
            {words.testing}
          </Box>
        )}
      </Box>
      {test.data && <OwnRuleTestResult result={test.data} />}
    </FormDialog>
  );
}

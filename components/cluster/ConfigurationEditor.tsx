'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { Segments } from '@/components/forms/Segments';
import { UnsavedBar } from '@/components/forms/UnsavedBar';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { StatusMark } from '@/components/marks/StatusMark';
import { useAddress } from '@/components/project/use-address';
import type { CheckedConfiguration, ClusterView, ConfigurationProblem } from '@/lib/schemas/cluster';
import { ConfigurationForm } from './ConfigurationForm';
import { listChanges } from './form-values';
import type { ClusterDraft } from './use-cluster-draft';

/** The description of the cluster, as a form or as YAML; what is wrong is told at its place while it is written. */
export function ConfigurationEditor({ view, form }: { view: ClusterView; form: ClusterDraft }) {
  const t = useMessages();
  const words = t.cluster.editor;
  const format = useFormat();
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const { parameters, change: goTo } = useAddress();
  const isYaml = parameters.get('view') === 'yaml';
  const { draft, checked, isChanged, isChecked } = form;
  /** Goes up when changes are discarded, so that wrong texts go as well. */
  const [round, setRound] = useState(0);
  const save = useMutation({
    mutationFn: () =>
      callApi<{ version: number; checked: CheckedConfiguration }>('/cluster/configuration', {
        method: 'PUT',
        body: { version: draft.version, text: draft.text, changes: listChanges(draft.changes) },
      }),
    onSuccess: (saved) => {
      client.setQueryData(queryKeys.cluster, { ...view, ...saved, updatedAt: new Date().toISOString() });
      form.reset();
      toast({ text: words.saved });
      void client.invalidateQueries({ queryKey: queryKeys.cluster });
    },
  });
  const discard = () => {
    form.reset();
    save.reset();
    setRound((before) => before + 1);
  };
  const readAgain = async () => {
    discard();
    await client.invalidateQueries({ queryKey: queryKeys.cluster });
  };
  const isConflict = save.isError && problemOf(save.error).code === 'conflict';
  const { problems } = checked;
  const say = ({ problem, kind, expected = '' }: ConfigurationProblem) => {
    const { kinds } = t.policy.invalid;
    return kind && Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds](expected) : problem;
  };
  const lineOf = (line: number | null) => (line === null ? null : format.number(line));
  const problemAt = (path: string) => {
    const found = problems.find(({ field }) => field === path);
    return found ? say(found) : null;
  };
  const configuration = checked.configuration ?? view.checked.configuration;
  // Names no control of the form, or a text that is no YAML.
  const shownApart = isYaml ? problems : problems.filter(({ field }) => !isInForm(field));
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending || !isChanged || refuseWrongNumbers()) return;
        // What is not checked yet is judged by the server, which keeps nothing that is wrong.
        if (isChecked && problems.length > 0) focusFirstError();
        else save.mutate();
      }}
      sx={{ display: 'grid', gap: 4, minWidth: 0 }}
    >
      {save.isError && (
        <Box>
          <ErrorNote error={save.error} text={isConflict ? words.conflict : undefined} />
          {isConflict && (
            <Button variant="outlined" size="small" sx={{ mt: 2 }} onClick={() => void readAgain()}>
              {words.readAgain}
            </Button>
          )}
        </Box>
      )}
      {form.error && <ErrorNote error={form.error} />}
      <Panel title={words.title} meta={words.version(format.number(view.version))} headingId={id}>
        <Box sx={{ display: 'grid', gap: 5 }}>
          <Segments
            label={words.view}
            value={isYaml ? 'yaml' : 'form'}
            options={[
              { value: 'form', name: words.form },
              { value: 'yaml', name: words.yaml },
            ]}
            help={isYaml ? words.yamlHelp : words.outOfMode}
            onChange={(next) => {
              form.settle();
              goTo({ view: next === 'yaml' ? 'yaml' : null });
            }}
          />
          {isYaml ? (
            <YamlField
              label={words.yamlLabel}
              value={Object.keys(draft.changes).length > 0 && isChecked ? checked.text : draft.text}
              isWrong={problems.length > 0}
              isReadOnly={Object.keys(draft.changes).length > 0 && !isChecked}
              describedBy={`${id}-problems`}
              onChange={form.write}
            />
          ) : configuration ? (
            <ConfigurationForm
              key={round}
              configuration={configuration}
              changes={draft.changes}
              problemAt={problemAt}
              onChange={form.change}
            />
          ) : (
            <p>{words.notReadable}</p>
          )}
          <Box component="ul" id={`${id}-problems`} role="status" sx={PROBLEMS}>
            {shownApart.map(({ line, field, ...problem }) => (
              <Box component="li" key={`${line} ${field} ${problem.problem}`} sx={PROBLEM}>
                <StatusMark status="error" />
                <span>{words.problem(lineOf(line), field, say({ line, field, ...problem }))}</span>
              </Box>
            ))}
          </Box>
        </Box>
      </Panel>
      {isChanged && (
        <UnsavedBar
          text={
            problems.length > 0
              ? words.problems(format.number(problems.length))
              : isChecked
                ? words.unsaved
                : words.checking
          }
          isWrong={problems.length > 0}
          isSaving={save.isPending}
          save={words.save}
          discard={words.discard}
          onDiscard={discard}
        />
      )}
    </Box>
  );
}

const IN_FORM =
  /^(?:name|namespace|deploymentMode|network\.(?:host|expose)|image\.(?:repository|tag)|storage\.\w+\.kind|(?:web|workers\.\w+)\.(?:scaling|minReplicas|maxReplicas|tier)|nodes\.lostAfterSeconds)$/;

const isInForm = (field: string): boolean => IN_FORM.test(field);

interface YamlFieldProps {
  label: string;
  value: string;
  isWrong: boolean;
  /** What the form changed is still to be written into it. */
  isReadOnly: boolean;
  describedBy: string;
  onChange: (value: string) => void;
}

/** Text of one width of letters, that does not wrap. */
function YamlField({ label, value, isWrong, isReadOnly, describedBy, onChange }: YamlFieldProps) {
  const id = useId();
  return (
    <Box>
      <FormLabel htmlFor={id} sx={{ display: 'block', mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
        {label}
      </FormLabel>
      <OutlinedInput
        id={id}
        value={value}
        multiline
        minRows={16}
        maxRows={32}
        fullWidth
        error={isWrong}
        readOnly={isReadOnly}
        onChange={(event) => onChange(event.target.value)}
        sx={{
          height: 'auto',
          py: 2,
          '& textarea': {
            fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
            fontSize: '0.78125rem',
            whiteSpace: 'pre',
            overflowX: 'auto',
          },
        }}
        slotProps={{
          input: { spellCheck: false, 'aria-invalid': isWrong, 'aria-describedby': describedBy },
        }}
      />
    </Box>
  );
}

const PROBLEMS = { display: 'grid', gap: 2, m: 0, p: 0, listStyle: 'none', '&:empty': { display: 'none' } } as const;
const PROBLEM = {
  display: 'flex',
  gap: '6px',
  alignItems: 'baseline',
  color: 'error.main',
  overflowWrap: 'anywhere',
} as const;

'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Field } from '@/components/forms/Field';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { ImportList } from '@/lib/schemas/imports';
import { categoryProblem, commitProblem, fileProblem } from './check-upload';
import { FileDrop } from './FileDrop';
import { TakenReport } from './TakenReport';
import { uploadErrorText } from './upload-error';

interface ImportUploadProps {
  projectId: string;
  /** Of the newest audit, where there is one. */
  commit: string | null;
}

/** Sends a report from here, and tells what was taken of it and what was not. */
export function ImportUpload({ projectId, commit: audited }: ImportUploadProps) {
  const t = useMessages();
  const words = t.imports.upload;
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [commit, setCommit] = useState(audited ?? '');
  const [category, setCategory] = useState('');
  const [isChecked, setChecked] = useState(false);
  const send = useMutation({
    mutationFn: (chosen: File) => {
      const query = queryString({ commit: commit.trim().toLowerCase(), category: category.trim() });
      return callApi<ImportList>(`/projects/${projectId}/imports${query}`, { method: 'POST', file: chosen });
    },
    onSuccess: () => {
      setFile(null);
      setChecked(false);
      for (const queryKey of [queryKeys.imports(projectId), queryKeys.findings(projectId), queryKeys.inbox]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    send.reset();
  };
  const problems = [fileProblem(t, file), commitProblem(t, commit), categoryProblem(t, category)];
  const [wrongFile = null, wrongCommit = null, wrongCategory = null] = problems;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (send.isPending) return;
    setChecked(true);
    if (file && problems.every((problem) => problem === null)) send.mutate(file);
    else focusFirstError();
  };
  return (
    <Panel title={words.title} headingId="import-upload">
      <Box component="form" onSubmit={submit} noValidate sx={{ display: 'grid', gap: 4 }}>
        {send.isError && <ErrorNote error={send.error} text={uploadErrorText(t, send.error)} />}
        <FileDrop
          label={words.choose}
          help={words.help}
          file={file}
          error={isChecked || file ? wrongFile : null}
          accept=".sarif,.json,.gz,application/sarif+json,application/json,application/gzip"
          onChoose={choose}
        />
        <Box sx={{ display: 'grid', alignItems: 'start', gap: 4, gridTemplateColumns: { sm: '2fr 1fr' } }}>
          <Field
            label={words.commit}
            name="commit"
            value={commit}
            onChange={setCommit}
            help={audited ? words.commitHelp : words.commitHelpNone}
            error={isChecked ? wrongCommit : null}
            check={(value) => commitProblem(t, value)}
            inputProps={{ spellCheck: 'false', autoCapitalize: 'none' }}
            autoComplete="off"
            required
          />
          <Field
            label={words.category}
            name="category"
            value={category}
            onChange={setCategory}
            help={words.categoryHelp}
            error={isChecked ? wrongCategory : null}
            check={(value) => categoryProblem(t, value)}
            autoComplete="off"
          />
        </Box>
        <Box>
          <Button type="submit" variant="contained" loading={send.isPending} loadingPosition="start">
            {send.isPending ? words.sending : words.submit}
          </Button>
        </Box>
      </Box>
      <Box role="status" sx={{ display: 'grid', gap: 4, mt: 4, '&:empty': { display: 'none' } }}>
        {send.data?.items.map((item) => (
          <TakenReport key={item.importId} item={item} />
        ))}
      </Box>
    </Panel>
  );
}

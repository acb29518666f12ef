'use client';

import { useState } from 'react';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { SwitchLine } from '@/components/policy/SwitchLine';
import { useClusterRun } from './use-cluster-run';

/** Says what is lost and asks for the name: nothing else tells a wrong cluster from the right one. */
export function DestroyDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const t = useMessages();
  const words = t.cluster.destroy;
  const [typed, setTyped] = useState('');
  const [withData, setWithData] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const run = useClusterRun(onClose);
  const check = (text: string) => (text.trim() === name ? null : words.wrong(name));
  return (
    <FormDialog
      title={words.title(name)}
      submit={words.submit}
      isDestructive
      isBusy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setChecked(true);
        if (check(typed) === null) run.mutate({ verb: 'destroy', confirm: typed.trim(), withData });
      }}
    >
      <p>{words.text}</p>
      <SwitchLine label={words.withData} isOn={withData} isReadOnly={false} onChange={setWithData} />
      <Field
        label={words.confirm(name)}
        value={typed}
        onChange={setTyped}
        error={isChecked ? check(typed) : null}
        check={check}
        required
        autoFocus
        autoComplete="off"
        inputProps={{ autoCapitalize: 'none', spellCheck: 'false' }}
      />
    </FormDialog>
  );
}

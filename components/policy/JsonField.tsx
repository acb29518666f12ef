'use client';

import { useState } from 'react';
import { TextArea } from '@/components/forms/TextArea';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { isSame } from './changes';

interface JsonFieldProps {
  label: string;
  value: unknown;
  isReadOnly: boolean;
  onChange: (value: unknown) => void;
}

/** A list of entries as JSON: for the few options that are more than words and numbers. */
export function JsonField({ label, value, isReadOnly, onChange }: JsonFieldProps) {
  const t = useMessages();
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? undefined : parse(draft);
  const isOwn = draft !== null && (parsed === undefined || isSame(parsed, value));
  return (
    <TextArea
      label={label}
      value={isOwn ? draft : JSON.stringify(value ?? [], null, 2)}
      help={t.policy.rules.option.json}
      error={isOwn && parsed === undefined ? t.policy.rules.option.notJson : null}
      rows={3}
      isReadOnly={isReadOnly}
      onChange={(text) => {
        setDraft(text);
        const next = parse(text);
        if (next !== undefined) onChange(next);
      }}
    />
  );
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

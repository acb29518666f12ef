'use client';

import { useState } from 'react';
import { TextArea } from './TextArea';

interface LinesFieldProps {
  label: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  help?: string;
  error?: string | null;
  rows?: number;
  isReadOnly?: boolean;
}

/** A list as one entry a line. */
export function LinesField({ value, onChange, ...field }: LinesFieldProps) {
  const [text, setText] = useState(() => value.join('\n'));
  const isSame = linesOf(text).join('\n') === value.join('\n');
  return (
    <TextArea
      {...field}
      // What came from elsewhere, as when changes are discarded, takes the place of what was typed.
      value={isSame ? text : value.join('\n')}
      onChange={(next) => {
        setText(next);
        onChange(linesOf(next));
      }}
    />
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

'use client';

import Button from '@mui/material/Button';
import { useContext } from 'react';
import { Note } from '@/components/feedback/Note';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { type FieldProblems, isMarked, problemNames } from './field-problems';
import { PolicyFormContext } from './form-context';
import { EDITOR_SECTIONS, type EditorSection, sectionOf } from './sections';

interface ProblemNoteProps {
  problems: FieldProblems;
  /** What it keeps from happening. */
  consequence: string;
  /** Of a draft that was not saved yet, whose empty fields are not marked. */
  isDraft?: boolean;
  /** Opens the section that holds a setting; left out where all of them are on screen. */
  onOpen?: (section: EditorSection) => void;
}

/** Which settings the server refused, each one press away. */
export function ProblemNote({ problems, consequence, isDraft = false, onOpen }: ProblemNoteProps) {
  const t = useMessages();
  const format = useFormat();
  const form = useContext(PolicyFormContext);
  if (!form) return null;
  const { draft, options } = form;
  const words = t.policy.invalid;
  const names = problemNames(problems, { t, format, options });
  const sections = EDITOR_SECTIONS.filter((section) =>
    problems.fields.some(({ field }) => sectionOf(field.split('.')) === section),
  );
  const action = onOpen
    ? sections.map((section) => (
        <Button key={section} size="small" variant="outlined" onClick={() => onOpen(section)}>
          {t.policy.sections[section]}
        </Button>
      ))
    : (!isDraft || isMarked(problems, draft)) && (
        <Button size="small" variant="outlined" onClick={focusFirstError}>
          {words.show}
        </Button>
      );
  return (
    <Note role="alert" status="error" action={action}>
      {words.summary(format.number(problems.fields.length))} {words.named(format.list(names))} {consequence}
    </Note>
  );
}

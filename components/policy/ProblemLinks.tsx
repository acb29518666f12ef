'use client';

import Button from '@mui/material/Button';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { useAddress } from '@/components/project/use-address';
import type { FieldProblems } from './field-problems';
import { EDITOR_SECTIONS, sectionOf } from './sections';

/** The sections that hold what the server refused, each one press away. */
export function ProblemLinks({ problems, onOpen }: { problems: FieldProblems | null; onOpen: () => void }) {
  const t = useMessages();
  const format = useFormat();
  const { change } = useAddress();
  if (!problems) return null;
  const sections = EDITOR_SECTIONS.filter((section) =>
    problems.fields.some(({ field }) => sectionOf(field.split('.')) === section),
  );
  return (
    <Note
      role="alert"
      status="error"
      action={sections.map((section) => (
        <Button
          key={section}
          size="small"
          variant="outlined"
          onClick={() => {
            change({ section, search: null, magic: null, differs: null }, 'push');
            onOpen();
          }}
        >
          {t.policy.sections[section]}
        </Button>
      ))}
    >
      {t.policy.invalid.summary(format.number(problems.fields.length))}
    </Note>
  );
}

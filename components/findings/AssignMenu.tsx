'use client';

import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQuery } from '@tanstack/react-query';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { useShell } from '@/components/shell/shell-context';
import { problemText } from '@/lib/i18n/problem-text';
import type { AssigneeList, PersonView } from '@/lib/schemas/triage';

interface AssignMenuProps {
  /** Whose team they are of. */
  projectId: string;
  anchor: HTMLElement | null;
  /** Whose it is now; undefined for several findings. */
  assigneeId: string | null | undefined;
  onClose: () => void;
  onChoose: (person: PersonView | null) => void;
}

/** Who may have the finding: oneself first, then the team by name, then nobody. */
export function AssignMenu({ projectId, anchor, assigneeId, onClose, onChoose }: AssignMenuProps) {
  const t = useMessages();
  const { user } = useShell();
  const query = useQuery({
    queryKey: queryKeys.assignees(projectId),
    queryFn: ({ signal }) => callApi<AssigneeList>(`/projects/${projectId}/assignees`, { signal }),
    enabled: anchor !== null,
    staleTime: 60_000,
  });
  const people = query.data?.items ?? [];
  const isMe = ({ userId }: PersonView) => userId === user.id;
  const choose = (person: PersonView | null) => {
    onClose();
    onChoose(person);
  };
  return (
    <Menu
      anchorEl={anchor}
      open={anchor !== null}
      onClose={onClose}
      slotProps={{ list: { 'aria-label': t.triage.assign.label } }}
    >
      {query.isPending && <MenuItem disabled>{t.triage.assign.loading}</MenuItem>}
      {query.isError && <MenuItem disabled>{problemText(t, problemOf(query.error).code)}</MenuItem>}
      {[...people.filter(isMe), ...people.filter((person) => !isMe(person))].map((person) => (
        <MenuItem
          key={person.userId}
          role="menuitemradio"
          aria-checked={person.userId === assigneeId}
          selected={person.userId === assigneeId}
          onClick={() => choose(person)}
        >
          {isMe(person) ? t.triage.assign.me(person.name) : person.name}
        </MenuItem>
      ))}
      <MenuItem
        role="menuitemradio"
        aria-checked={assigneeId === null}
        selected={assigneeId === null}
        onClick={() => choose(null)}
      >
        {t.triage.assign.nobody}
      </MenuItem>
    </Menu>
  );
}

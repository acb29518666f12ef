'use client';

import { createContext, useContext } from 'react';

export interface ShellTeam {
  id: string;
  name: string;
  role: 'viewer' | 'member' | 'admin' | 'owner';
}

export interface ShellState {
  user: { id: string; name: string; email: string };
  teams: ShellTeam[];
  team: ShellTeam;
  /** Whether who is signed in sees to the installation itself. */
  ownsInstance: boolean;
  openPalette: () => void;
  openHelp: () => void;
}

export const ShellContext = createContext<ShellState | null>(null);

/** Who is signed in, the team on screen, and the shell's two dialogs. */
export function useShell(): ShellState {
  const value = useContext(ShellContext);
  if (!value) throw new Error('AppShell is missing above this component');
  return value;
}

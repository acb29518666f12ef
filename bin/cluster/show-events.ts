import type { ApplyEvent } from '@/k8s/apply/apply-phases';
import { PHASES } from '@/k8s/phase';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import { createStatusLine, type Terminal } from '../remote/status-line';
import { verdictText } from './tell';

/** Shows how an apply goes: lines that stay for what is done, one that is written over for what is waited for. */
export function createEventView(terminal: Terminal, language: Language) {
  const t = CLI_TEXTS[language].cluster;
  const line = createStatusLine(terminal);
  return {
    clear: line.clear,
    show(event: ApplyEvent, context?: string): void {
      const where = context === undefined ? '' : `${plain(context)}: `;
      if (event.type === 'object') {
        const object = plain(event.object);
        if (event.verdict) line.show(`${where}${object}: ${verdictText(event.verdict, language)}`);
        else if (terminal.isTTY) line.show(`${where}${object}`);
        return;
      }
      line.clear();
      terminal.write(`elder: ${where}${eventText(event)}\n`);
    },
  };

  function eventText(event: Exclude<ApplyEvent, { type: 'object' }>): string {
    switch (event.type) {
      case 'phase': {
        const tell = { started: t.phase, done: t.phaseDone, 'already-done': t.phaseAlreadyDone }[event.state];
        return tell(PHASES.indexOf(event.phase) + 1, PHASES.length, t.phases[event.phase]);
      }
      case 'engine-missing':
        return t.engineMissing(event.engine.apiGroup, event.engine.need, event.engine.fallback);
      case 'secret-made':
        return t.secretMade(plain(event.object));
      case 'removed':
      case 'kept':
      case 'stuck':
        return t[event.type](plain(event.object));
    }
  }
}

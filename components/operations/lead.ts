import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { OperationsView } from '@/lib/schemas/operations';

/** What needs somebody, in a sentence with numbers. */
export function leadOf({ workers, queues, setAside }: OperationsView, t: Messages, format: Format): string {
  const words = t.operations.lead;
  const known = queues.filter(({ isFresh }) => isFresh);
  const waiting = known.reduce((sum, queue) => sum + queue.waiting, 0);
  const oldest = Math.max(...known.map(({ oldestSeconds }) => oldestSeconds ?? 0), 0);
  const parts = [
    workers.length === 0 ? words.noWorker : words.workers(format.number(workers.length)),
    known.length === 0 ? words.unknown : words.waiting(format.number(waiting)),
    ...(waiting > 0 && oldest > 0 ? [words.oldest(format.duration(oldest * 1000))] : []),
  ];
  const sentence = format.language === 'ja' ? `${parts.join('、')}。` : `${parts.join(', ')}.`;
  if (setAside.count === 0) return sentence;
  const aside = words.setAside(format.number(setAside.count));
  return format.language === 'ja' ? `${sentence}${aside}` : `${sentence} ${aside}`;
}

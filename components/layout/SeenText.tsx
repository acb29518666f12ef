import { showHidden } from '@/lib/magics/hidden-text';

/** Text that a repository or a person chose: all of it is seen, and it does not turn what stands around it. */
export function SeenText({ children }: { children: string }) {
  return <bdi>{showHidden(children)}</bdi>;
}

const TYPED = ['search', 'path'];

/** How a change of filters goes into the address: the back button undoes a choice, not each pause in typing. */
export function addressStep(part: Readonly<Record<string, unknown>>): 'push' | 'replace' {
  return Object.keys(part).every((name) => TYPED.includes(name)) ? 'replace' : 'push';
}

/** Puts an address of the same page there without asking the server again. */
export function putAddress(address: string, step: 'push' | 'replace'): void {
  if (step === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
}

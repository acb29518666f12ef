const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Hands signals on to what runs, so that it never outlives us; we end when it has.
 * @param {(signal: NodeJS.Signals) => void} hand
 * @returns {() => void} call it when what ran has ended
 */
export function forwardSignals(hand) {
  let wasAsked = false;
  const onSignal = (signal) => {
    wasAsked = true;
    hand(signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    if (wasAsked) process.exit(1);
  };
}

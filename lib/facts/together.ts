/** Runs steps side by side; when one fails the others are told to stop, and are waited for. */
export async function together<Values extends unknown[]>(
  signal: AbortSignal | undefined,
  start: (signal: AbortSignal) => [...{ [At in keyof Values]: Promise<Values[At]> }],
): Promise<Values> {
  const failure = new AbortController();
  const steps = start(AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]));
  try {
    return (await Promise.all(steps)) as Values;
  } catch (error) {
    failure.abort(error);
    await Promise.allSettled(steps);
    throw error;
  }
}

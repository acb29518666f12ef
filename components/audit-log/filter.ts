export interface LogFilter {
  action: string | null;
}

const ACTION = /^[a-z][a-z_]{0,40}(?:\.[a-z][a-z_]{0,40})?$/;

export function parseLogFilter(parameters: { get: (name: string) => string | null }): LogFilter {
  const action = parameters.get('action') ?? '';
  return { action: ACTION.test(action) ? action : null };
}

import { jvmCalls, jvmHollow, jvmSettings } from './jvm';
import type { SecurityTable } from './types';

export const kotlinSecurity: SecurityTable = {
  calls: jvmCalls,
  settings: jvmSettings,
  hollow: [
    ...jvmHollow,
    {
      form: 'tls-unverified',
      name: /^verify$/,
      body: /^(?:= true|\{ return true;? \})$/,
      parameters: /\bSSLSession\b/,
    },
  ],
  sql: { join: /^\+$/, bareHole: /\$[a-zA-Z_]\w{0,80}/ },
};

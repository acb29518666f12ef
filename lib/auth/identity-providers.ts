import type { OAuthConfig, Provider } from 'next-auth/providers/index';
import { env } from '@/lib/env';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';
import type { ProviderUser } from './sign-in-from-provider';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 ** 2;

interface IdentityProvider {
  id: 'oidc' | 'github';
  name: string;
  /** What identities of it are kept under. */
  issuer: string;
}

/** The providers that the settings name, for buttons. */
export function listIdentityProviders(): IdentityProvider[] {
  const { OIDC_ISSUER, OIDC_NAME, GITHUB_CLIENT_ID, GITHUB_URL } = env();
  return [
    ...(OIDC_ISSUER ? [{ id: 'oidc' as const, name: OIDC_NAME, issuer: OIDC_ISSUER }] : []),
    ...(GITHUB_CLIENT_ID ? [{ id: 'github' as const, name: 'GitHub', issuer: GITHUB_URL }] : []),
  ];
}

/** As next-auth wants them. */
export function identityProviders(): Provider[] {
  return listIdentityProviders().map(({ id }) => (id === 'oidc' ? openIdConnect() : gitHub()));
}

interface Claims {
  sub: string;
  name?: unknown;
  email?: unknown;
  email_verified?: unknown;
}

function openIdConnect(): OAuthConfig<Claims> {
  const { OIDC_ISSUER = '', OIDC_NAME, OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = env();
  return {
    id: 'oidc',
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: TIMEOUT_MS },
    profile: ({ sub, name, email, email_verified: isVerified }) =>
      userOf(sub, name, isVerified === true ? email : null),
  };
}

interface Account {
  id: number;
  login: string;
  name: string | null;
  verifiedEmail: string | null;
}

function gitHub(): OAuthConfig<Account> {
  const { GITHUB_URL, GITHUB_CLIENT_ID = '', GITHUB_CLIENT_SECRET = '' } = env();
  const url = GITHUB_URL.replace(/\/+$/, '');
  const api = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    issuer: `${url}/login/oauth`,
    clientId: GITHUB_CLIENT_ID,
    clientSecret: GITHUB_CLIENT_SECRET,
    authorization: { url: `${url}/login/oauth/authorize`, params: { scope: 'read:user user:email' } },
    token: `${url}/login/oauth/access_token`,
    userinfo: {
      url: `${api}/user`,
      // The address on a profile may be any; the list says which are the person's.
      request: async ({ client, tokens }) => {
        const account = await client.userinfo(tokens.access_token ?? '');
        return { ...account, verifiedEmail: primaryOf(await emailsOf(`${api}/user/emails`, tokens.access_token)) };
      },
    },
    checks: ['pkce', 'state'],
    httpOptions: { timeout: TIMEOUT_MS },
    profile: ({ id, login, name, verifiedEmail }) => userOf(String(id), name ?? login, verifiedEmail),
  };
}

async function emailsOf(url: string, token = ''): Promise<unknown> {
  // The operator named this host, wherever it stands; the token goes nowhere else.
  await using send = createOutgoingFetch({
    rules: { allowedHosts: [new URL(url).host] },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
    maxRedirects: 0,
  });
  const answer = await send(url, { headers: { authorization: `Bearer ${token}`, 'user-agent': 'ancient-elder' } });
  return answer.ok ? await answer.json() : [];
}

function primaryOf(emails: unknown): string | null {
  if (!Array.isArray(emails)) return null;
  const primary = emails.find((one) => one?.primary === true && one.verified === true);
  return typeof primary?.email === 'string' ? primary.email : null;
}

function userOf(subject: string, name: unknown, verifiedEmail: unknown): ProviderUser {
  const email = typeof verifiedEmail === 'string' ? verifiedEmail.trim().toLowerCase() : null;
  // next-auth asks for both; who signs in gets our own in their place.
  return { id: subject, sessionId: '', subject, name: typeof name === 'string' ? name : '', email };
}

import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const CLIENT = { id: 'elder', secret: 'secret of the client' } as const;

export interface Claims {
  sub: string;
  name?: string;
  email?: string;
  email_verified?: boolean | undefined;
}

interface Grant {
  redirectUri: string;
  challenge: string | null;
  nonce: string | null;
}

export interface IdentityProvider extends AsyncDisposable {
  url: string;
  /** Who signs in next. */
  person: Claims;
  /** What the next ID tokens say besides or instead, to try what must be refused. */
  forged: Record<string, unknown>;
  /** Signs the next ID tokens with a key that nobody published. */
  hasForgedKey: boolean;
  /** E-mail addresses of the person, as GitHub lists them. */
  emails: { email: string; primary: boolean; verified: boolean }[];
  /** Where the list of addresses sends who asks for it; null: nowhere. */
  emailsMovedTo: string | null;
}

/** An OpenID Connect issuer with discovery, PKCE and RS256, and the three addresses of GitHub, on a free port. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const makeKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [key, otherKey] = [makeKey(), makeKey()];
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: IdentityProvider = {
    url,
    person: { sub: 'nobody' },
    forged: {},
    hasForgedKey: false,
    emails: [],
    emailsMovedTo: null,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return provider;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', url);
    const send = (status: number, body: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    switch (asked.pathname) {
      case '/.well-known/openid-configuration':
        return void send(200, discovery());
      case '/jwks':
        return void send(200, { keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] });
      case '/authorize':
      case '/login/oauth/authorize':
        return void send(302, {}, { location: grant(asked.searchParams) });
      case '/token':
        return void exchange(await text(request), request.headers.authorization, send, idToken);
      case '/login/oauth/access_token':
        return void exchange(await text(request), request.headers.authorization, send, () => undefined);
      case '/api/v3/user':
        return void send(200, {
          id: provider.person.sub,
          login: provider.person.name,
          name: null,
          email: 'any@example.org',
        });
      case '/api/v3/user/emails':
        return void (provider.emailsMovedTo === null
          ? send(200, provider.emails)
          : send(302, {}, { location: provider.emailsMovedTo }));
      case '/moved/emails':
        return void send(200, provider.emails);
      default:
        return void send(404, {});
    }
  }

  function discovery() {
    return {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  function grant(query: URLSearchParams): string {
    const code = randomUUID();
    const redirectUri = query.get('redirect_uri') ?? '';
    grants.set(code, { redirectUri, challenge: query.get('code_challenge'), nonce: query.get('nonce') });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return back.href;
  }

  function exchange(
    form: string,
    authorization: string | undefined,
    send: (status: number, body: unknown) => unknown,
    tokenFor: (nonce: string | null) => string | undefined,
  ) {
    const fields = new URLSearchParams(form);
    const given = grants.get(fields.get('code') ?? '');
    grants.delete(fields.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(fields.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient = authorization === `Basic ${Buffer.from(CLIENT_PAIR).toString('base64')}`;
    const isRight = given && given.challenge === verifier && given.redirectUri === fields.get('redirect_uri');
    if (!isClient || !isRight) return send(400, { error: 'invalid_grant' });
    return send(200, { access_token: randomUUID(), token_type: 'Bearer', id_token: tokenFor(given.nonce) });
  }

  function idToken(nonce: string | null): string {
    const now = Math.floor(Date.now() / 1000);
    const base = { iss: url, aud: CLIENT.id, iat: now, exp: now + 60, nonce };
    const head = encode({ alg: 'RS256', kid: 'one' });
    const body = encode({ ...base, ...provider.person, ...provider.forged });
    const signer = createSign('RSA-SHA256').update(`${head}.${body}`);
    return `${head}.${body}.${signer.sign((provider.hasForgedKey ? otherKey : key).privateKey, 'base64url')}`;
  }
}

/** As RFC 6749 has it: each part is encoded like a form. */
const CLIENT_PAIR = `${CLIENT.id}:${encodeURIComponent(CLIENT.secret).replaceAll('%20', '+')}`;

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

import { PRODUCT_URL } from './product';

export type ElderApi = ReturnType<typeof elderApi>;

/** The API as a machine uses it. */
export function elderApi(apiToken: string, url = PRODUCT_URL) {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiToken}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    get: <T>(path: string) => call<T>('GET', path),
    put: <T>(path: string, body: object) => call<T>('PUT', path, body),
    post: <T>(path: string, body: object = {}) => call<T>('POST', path, body),
  };
}

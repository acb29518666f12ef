import { generateKeyPairSync, sign } from 'node:crypto';

const HOUR_MS = 3600_000;
/** ecdsa-with-SHA256, RFC 5758 */
const ALGORITHM = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
/** commonName, RFC 5280 */
const COMMON_NAME = Buffer.from('0603550403', 'hex');

interface Wish {
  host?: string;
  /** Its last hour is over. */
  isExpired?: boolean;
}

/** A key and a certificate for `localhost` that it signed itself, good for two hours and vouched for by nobody. */
export function selfSignedCertificate({ host = 'localhost', isExpired = false }: Wish = {}): {
  key: string;
  cert: string;
} {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(host)))));
  const end = isExpired ? Date.now() - HOUR_MS : Date.now() + HOUR_MS;
  const validity = der(0x30, utcTime(end - 2 * HOUR_MS), utcTime(end));
  const serial = der(0x02, Buffer.from([1]));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, serial, ALGORITHM, name, validity, name, key);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = der(0x30, body, ALGORITHM, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

/** A value of ASN.1 in DER: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const whole = Buffer.concat(content);
  const { length } = whole;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), whole]);
}

function utcTime(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;

/** A new secret for a phone's authenticator, 160 bits in base 32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator reads from the QR code. */
export function totpUri(secret: string, login: string): string {
  return totpOf(secret, login).toString();
}

/** The code that a phone shows at an instant. */
export function totpCode(secret: string, at: Date): string {
  return totpOf(secret).generate({ timestamp: at.getTime() });
}

/**
 * Checks a code; a phone may be half a minute early or late. Source: RFC 6238.
 * @param afterStep the step of the last code that opened: no code opens twice
 * @returns the step of the code, undefined when it does not open
 */
export function totpStep(
  secret: string,
  code: string,
  at: Date,
  afterStep: number | undefined,
): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const timestamp = at.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
  if (delta === null) return undefined;
  const step = Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
  return step > (afterStep ?? -1) ? step : undefined;
}

function totpOf(secret: string, label = ''): TOTP {
  const settings = { algorithm: 'SHA1', digits: 6, period: STEP_SECONDS };
  return new TOTP({ issuer: 'Jigi', label, secret, ...settings });
}

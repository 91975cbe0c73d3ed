import { parseCaller } from '../text/msisdn';

/** The shape a field of a gateway must have to be believed. */
export type Shape = (value: string) => boolean;

/** Ids of calls are opaque, so only bounded and printable. */
export const isCallId: Shape = (value) => /^[!-~]{1,128}$/.test(value);

/** A number in E.164 with its plus. A plus that came unescaped is a space: refused, not repaired. */
export const isE164: Shape = (value) => /^\+[1-9]\d{6,14}$/.test(value);

/** As `isE164`, and of a length that its country has: nobody calls from any other. */
export const isCaller: Shape = (value) => parseCaller(value) !== undefined;

/** The number dialled, with or without its star and hash. */
export const isServiceCode: Shape = (value) => /^[*#\d]{1,40}$/.test(value);

/** All that a caller can have typed in one call; a session lasts three minutes. */
export const isTyped: Shape = (value) =>
  value.length <= 1_024 && !CONTROL.test(value);

/** What a gateway wants to see again: bounded, since it travels both ways at every step. */
export const isEcho: Shape = isTyped;

/** The number of a step, as a text. */
export const isSequence: Shape = (value) => /^\d{1,18}$/.test(value);

const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffd]/;

/** Whether the body is of the media type that a dialect speaks; parameters do not matter. */
export function isOfType(contentType: string, mediaType: string): boolean {
  const end = contentType.indexOf(';');
  const written = end < 0 ? contentType : contentType.slice(0, end);
  return written.trim().toLowerCase() === mediaType;
}

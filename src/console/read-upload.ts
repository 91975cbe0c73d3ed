import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { readFields } from './read-fields';
import type { Fields } from './route';

/** A form that brings a file: its fields up to the file, and the file as it comes. */
export interface SentUpload {
  fields: Fields;
  file: { name: string; body: Readable } | undefined;
}

/** Fields before the file, and how long they may be. */
const LIMITS = { files: 1, fields: 20, fieldSize: 4_096 };

/**
 * Reads a form until its file begins: whoever asks then takes the file piece by piece, or leaves it. Fields that stand
 * after the file are not looked at.
 */
export function readUpload(request: IncomingMessage): Promise<SentUpload> {
  return new Promise((resolve) => {
    const fields: Record<string, string> = {};
    const nothing = { fields: {}, file: undefined };
    const giveUp = (): void => {
      resolve(nothing);
    };
    try {
      const form = busboy({
        ...{ headers: request.headers, limits: LIMITS },
        defParamCharset: 'utf8',
      });
      form.on('field', (name, value) => {
        fields[name] = value;
      });
      form.on('file', (_name, body, { filename: name }) => {
        // One that breaks off while nobody reads would end the process; whoever reads it later is still told.
        body.on('error', () => undefined);
        resolve({ fields: readFields(fields), file: { name, body } });
      });
      form.on('close', () => {
        resolve({ fields: readFields(fields), file: undefined });
      });
      form.on('error', giveUp);
      request.on('aborted', () => form.destroy());
      request.pipe(form);
    } catch {
      // No form with a file at all.
      giveUp();
    }
  });
}

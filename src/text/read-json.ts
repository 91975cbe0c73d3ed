import { readFileSync } from 'node:fs';

/** A JSON object whose values have not been looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON file that holds an object.
 * @throws Error naming the file when it is not there, not JSON, or not an object.
 */
export function readJsonObject(file: string): JsonObject {
  const parsed = readJson(file);
  if (!isJsonObject(parsed)) throw new Error(`${file} must hold an object`);
  return parsed;
}

/** Whether a parsed value is an object with names, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON`, { cause });
  }
}

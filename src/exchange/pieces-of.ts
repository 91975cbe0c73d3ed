import { createReadStream } from 'node:fs';
import type { RegisterFile } from './survey-file';

/** What stands below the header of a file, piece by piece. */
export async function* piecesOf(
  { path, bodyAt }: RegisterFile,
  pieceBytes: number,
): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, {
    start: bodyAt,
    highWaterMark: pieceBytes,
  });
  for await (const piece of stream) {
    // A file opened without an encoding is read in buffers.
    yield piece as Buffer;
  }
}

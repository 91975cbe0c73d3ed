/** Takes a file in pieces of any size and gives its lines in order, without their ends. */
export interface LineCutter {
  push(chunk: Buffer): void;
  /** Gives the last line, where the file does not end with one whole. */
  end(): void;
}

const NEWLINE = 10;
const RETURN = 13;

/**
 * Cuts a file into lines, LF or CRLF. Bytes that are not UTF-8 become U+FFFD.
 * @param linesBefore how many lines were read already
 */
export function lineCutter(
  linesBefore: number,
  onLine: (text: string, line: number) => void,
): LineCutter {
  let carry: Buffer = Buffer.alloc(0);
  let line = linesBefore;
  return {
    push(chunk) {
      const end = chunk.lastIndexOf(NEWLINE);
      if (end === -1) {
        carry = Buffer.concat([carry, chunk]);
        return;
      }
      const whole = Buffer.concat([carry, chunk.subarray(0, end + 1)]);
      carry = Buffer.from(chunk.subarray(end + 1));
      line = cut(whole.toString('utf8'), line, onLine);
    },
    end() {
      if (carry.length > 0)
        line = cut(`${carry.toString('utf8')}\n`, line, onLine);
      carry = Buffer.alloc(0);
    },
  };
}

/** @returns how many lines were read by now */
function cut(
  text: string,
  linesBefore: number,
  onLine: (text: string, line: number) => void,
): number {
  let line = linesBefore;
  let from = 0;
  for (;;) {
    const end = text.indexOf('\n', from);
    if (end === -1) return line;
    line += 1;
    const isCrlf = text.charCodeAt(end - 1) === RETURN && end > from;
    onLine(text.slice(from, isCrlf ? end - 1 : end), line);
    from = end + 1;
  }
}

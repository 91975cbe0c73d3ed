import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { hasCode } from '../runtime/has-code';
import { recogniseHeader, type FileFormat } from './formats';
import { recordSplitter } from './record-splitter';
import { splitCells } from './split-cells';

/** What a file is, before anything of it is applied. */
export type Survey =
  | ({ readonly kind: 'register' } & RegisterFile)
  /** It cannot be a register file at all; the reason is for the staff, in French. */
  | {
      readonly kind: 'refused';
      readonly path: string;
      readonly reason: string;
    };

/** A file that was recognised. */
export interface RegisterFile {
  readonly path: string;
  readonly format: FileFormat;
  /** The columns as the file writes them. */
  readonly titles: readonly string[];
  /** The same in small letters, as the formats name them. */
  readonly header: readonly string[];
  readonly separator: ';' | ',';
  /** The byte at which the rows begin. */
  readonly bodyAt: number;
  readonly bytes: number;
  readonly sha256: string;
}

const CHUNK = 262_144;
const LONGEST_LINE = 1_048_576;
const UNREADABLE = ['ENOENT', 'EISDIR', 'EACCES'];
const BOM = '\ufeff';

/** Reads a whole file once to know its kind, and that it was not cut within a quoted cell. */
export async function surveyFile(path: string): Promise<Survey> {
  const refused = (reason: string): Survey => ({
    kind: 'refused',
    path,
    reason,
  });
  const scan = await scanIfThere(path);
  if (scan === undefined)
    return refused("Ce fichier n'existe pas, ou ne peut pas être lu.");
  if (scan.bytes === 0) return refused('Ce fichier est vide.');
  if (scan.head.includes(0) || scan.longestLine > LONGEST_LINE) {
    return refused(
      "Ce fichier n'est pas un texte UTF-8: enregistrez-le en CSV UTF-8.",
    );
  }
  const { head, bytes, sha256 } = scan;
  const found = readHeader(head.toString('utf8'));
  if (typeof found === 'string') return refused(found);
  const file = { path, ...found, bodyAt: head.length + 1, bytes, sha256 };
  const cutAt = scan.hasQuotes ? await cutQuote(file) : undefined;
  if (cutAt !== undefined) {
    return refused(
      `Un guillemet ouvert ligne ${cutAt} n'est jamais fermé: le fichier a été coupé; demandez-le à nouveau.`,
    );
  }
  return { kind: 'register', ...file };
}

interface Scan {
  readonly head: Buffer;
  readonly bytes: number;
  readonly sha256: string;
  readonly hasQuotes: boolean;
  readonly longestLine: number;
}

async function scanIfThere(path: string): Promise<Scan | undefined> {
  try {
    return await scanFile(path);
  } catch (error) {
    if (UNREADABLE.some((code) => hasCode(error, code))) return undefined;
    throw error;
  }
}

async function scanFile(path: string): Promise<Scan> {
  const hash = createHash('sha256');
  let head: Buffer = Buffer.alloc(0);
  let headEnded = false;
  let bytes = 0;
  let hasQuotes = false;
  let line = 0;
  let longestLine = 0;
  for await (const piece of createReadStream(path, { highWaterMark: CHUNK })) {
    // A file opened without an encoding is read in buffers.
    const chunk = piece as Buffer;
    hash.update(chunk);
    bytes += chunk.length;
    hasQuotes ||= chunk.includes(34);
    const first = chunk.indexOf(10);
    if (!headEnded && line <= LONGEST_LINE) {
      const end = first === -1 ? chunk.length : first;
      head = Buffer.concat([head, chunk.subarray(0, end)]);
      headEnded = first !== -1;
    }
    line += first === -1 ? chunk.length : first;
    longestLine = Math.max(longestLine, line);
    // Lines within one piece are shorter than the piece.
    if (first !== -1) line = chunk.length - 1 - chunk.lastIndexOf(10);
  }
  const sha256 = hash.digest('hex');
  return { head, bytes, sha256, hasQuotes, longestLine };
}

type Header = Pick<RegisterFile, 'format' | 'titles' | 'header' | 'separator'>;

/** @returns the header understood, or why it is none. */
function readHeader(line: string): Header | string {
  const text = line.replace(BOM, '').replace(/\r$/, '');
  const [best] = [headerCut(text, ';'), headerCut(text, ',')].sort(
    (a, b) => b.header.length - a.header.length,
  );
  if (best === undefined) return UNKNOWN_HEADER;
  const { titles, header, separator } = best;
  const known = recogniseHeader(header);
  if (known.kind === 'unknown') return UNKNOWN_HEADER;
  if (known.kind === 'lacking') {
    const { format, missing } = known;
    return `Le fichier ressemble à « ${format.kind} » mais il manque: ${missing.join(', ')}. Ajoutez ces colonnes.`;
  }
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  if (twice !== undefined && twice !== '') {
    return `La colonne ${twice} est écrite deux fois: gardez-en une.`;
  }
  return { format: known.format, titles, header, separator };
}

const UNKNOWN_HEADER =
  "Aucun en-tête connu sur la première ligne: écrivez les noms des colonnes du format d'échange, séparés par ; ou par une virgule.";

function headerCut(line: string, separator: ';' | ','): Omit<Header, 'format'> {
  const split = splitCells(line, separator);
  const titles = split.kind === 'cells' ? split.cells : [];
  const header = titles.map((name) => name.trim().toLowerCase());
  return { titles, header, separator };
}

async function cutQuote(file: RegisterFile): Promise<number | undefined> {
  const splitter = recordSplitter(
    file.separator,
    file.header.length,
    () => undefined,
  );
  const stream = createReadStream(file.path, {
    start: file.bodyAt,
    highWaterMark: CHUNK,
  });
  // As above: pieces are buffers.
  for await (const chunk of stream) splitter.push(chunk as Buffer);
  return splitter.end();
}

import type { Readable } from 'node:stream';
import type { Permission } from '../staff/roles';
import type { StaffVisit } from '../staff/staff-sessions';
import type { ConsoleHouse } from './console-house';

/**
 * Who may come: whoever holds one permission, who has given her password and not her code yet, or anybody.
 * There is no route without one of these.
 */
export type Access = Permission | 'passwordGiven' | 'anybody';

/** What came with a form, or after the `?` of an address: text by name; of a name given twice, nothing. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** A request as a page knows it. */
export interface Visit {
  house: ConsoleHouse;
  /** Where it came from, the proxy put aside. */
  address: string;
  /** Address of this service as the browser knows it, as `https://jigi.example`. */
  origin: string;
  params: Fields;
  query: Fields;
  form: Fields;
  staff: StaffVisit | undefined;
  /** A reader's half of what opens the sealed line. */
  sittingKey: string | undefined;
  /** A file that came with the form, where the route takes one: as it comes, read by nobody yet. */
  file?: { name: string; body: Readable } | undefined;
}

/** A visit of somebody who has signed in, or is about to. */
export interface StaffedVisit extends Visit {
  staff: StaffVisit;
}

/** What a page answers; how it is sent is not its matter. */
export type Reply = (
  | {
      kind: 'page';
      /** A file of views, without its end. */
      view: string;
      /** What the browser's window is called. */
      title: string;
      values?: object;
      /** 200 unless told; 422 when a form is shown again, 409 when somebody else acted meanwhile. */
      status?: 200 | 404 | 409 | 422 | 429;
    }
  /** A few words for our own script, asked again and again. */
  | { kind: 'told'; told: object }
  | { kind: 'goTo'; path: string }
  | {
      kind: 'file';
      /** As the browser keeps it. */
      name: string;
      type: string;
      body: Buffer | Readable;
    }
  | { kind: 'notFound' }
) & {
  /** A session that begins with this answer; null: none goes on. */
  token?: string | null;
  /** A sitting that begins with this answer; null: none goes on. */
  sittingKey?: string | null;
};

/** One address of the console, who may come there, and what it answers. */
export type Route = {
  method: 'get' | 'post';
  /** Below `/console`, as Express writes it. */
  path: string;
  /** Asked for by a script of ours: keeps no session alive. */
  isByItself?: true;
  /** Its form brings a file, after its other fields. */
  takesFile?: true;
} & (
  | { access: 'anybody'; handle: (visit: Visit) => Promise<Reply> }
  | {
      access: Exclude<Access, 'anybody'>;
      handle: (visit: StaffedVisit) => Promise<Reply>;
    }
);

/** A route to which anybody may come. */
export function forAnybody(
  method: Route['method'],
  path: string,
  handle: (visit: Visit) => Promise<Reply>,
): Route {
  return { method, path, access: 'anybody', handle };
}

/** A route for who holds this one permission, or has given her password. */
export function forStaff(
  method: Route['method'],
  path: string,
  access: Exclude<Access, 'anybody'>,
  handle: (visit: StaffedVisit) => Promise<Reply>,
): Route {
  return { method, path, access, handle };
}

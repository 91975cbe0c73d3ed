import type { Request, Response } from 'express';
import { newToken } from '../staff/staff-sessions';
import { roleOf } from '../staff/roles';
import type { ConsoleHouse } from './console-house';
import { readCookie, writeCookie } from './cookie';
import { linesFor } from './navigation';
import { noticeOf } from './notices';
import type { Visit } from './route';
import { formWord } from './same-site';
import type { Render } from './view';

/** A page, before what stands on all of them is put around it. */
export interface ShownPage {
  /** Undefined: nothing may be asked of the store any more. */
  visit: Visit | undefined;
  status: number;
  view: string;
  title: string;
  values?: object;
  token?: string | null;
}

/** Shows a page within what stands on every page. */
export type Show = (
  request: Request,
  response: Response,
  page: ShownPage,
) => void;

/** Puts navigation, notices and the word of forms around pages. */
export function pageShell(house: ConsoleHouse, render: Render): Show {
  return (request, response, page) => {
    const { visit, status, view, title, values } = page;
    const token = tokenFor(house, request, response, page);
    const staff = visit?.staff;
    const isIn = staff?.stage === 'full';
    response
      .status(status)
      .type('html')
      .send(
        render(view, {
          // First: no page says who is signed in, or where.
          ...values,
          ...{
            title,
            demo: house.demo,
            path: request.originalUrl.split('?')[0],
          },
          formWord: formWord(house.hashKey, token),
          member: isIn ? staff.member : undefined,
          roleTitle: isIn ? roleOf(staff.member.role).title : undefined,
          lines: isIn ? linesFor(staff.member) : [],
          isHalfIn: staff?.stage === 'password',
          notice: noticeOf(visit?.query['fait']),
          faultList: faultList(values),
        }),
      );
  };
}

/** What is wrong, each leading to its field. */
function faultList(values: object = {}): { text: string; href: string }[] {
  const faults: unknown = Reflect.get(values, 'faults');
  if (typeof faults !== 'object' || faults === null) return [];
  return Object.entries(faults).map(([field, fault]) => ({
    ...{ text: String(fault), href: `#${field}` },
  }));
}

/** The token that the browser will send next; whoever has none yet is given one, which opens nothing. */
function tokenFor(
  { insideProduction }: ConsoleHouse,
  request: Request,
  response: Response,
  { token }: ShownPage,
): string {
  if (typeof token === 'string') return token;
  const kept = readCookie(request, insideProduction);
  if (kept !== undefined && token === undefined) return kept;
  const fresh = newToken();
  writeCookie(response, insideProduction, fresh);
  return fresh;
}

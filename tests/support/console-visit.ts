import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { TestDesk } from './staff';
import { password } from './staff';

/** Where pictures of every page are kept, when somebody wants to look: `SCREENSHOTS=folder`. */
const pictures = process.env['SCREENSHOTS'];

/** A wide screen and a small phone. */
export const widths = { wide: 1280, narrow: 360 } as const;

/** Looks at the page that is open: no violation, nothing wider than a small phone, one heading, a title. At one width, where others of its kind are looked at twice. */
export async function look(
  page: Page,
  name: string,
  only?: keyof typeof widths,
): Promise<void> {
  for (const [size, width] of Object.entries(widths)) {
    if (only !== undefined && only !== size) continue;
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - window.innerWidth',
    );
    expect({ name, size, overflow: Math.max(0, Number(overflow)) }).toEqual({
      ...{ name, size, overflow: 0 },
    });
    const violations = await violationsOn(page);
    expect({ name, size, violations }).toEqual({ name, size, violations: [] });
    await picture(page, `${name}-${size}`);
  }
  await page.setViewportSize({ width: widths.wide, height: 900 });
  const [heading, ...more] = await page.locator('h1').allInnerTexts();
  expect({ name, heading, more }).toEqual({
    ...{ name, more: [] },
    heading: expect.not.stringMatching(/pas pu répondre/) as unknown,
  });
  expect(await page.title()).toMatch(/ – Jigi$/);
}

/** What keeps somebody from using the page, as axe finds it; of all else it finds nothing is written down. */
async function violationsOn(page: Page): Promise<unknown[]> {
  // axe comes through the devtools' door: the page's own policy lets no other script in.
  if (await page.evaluate(`typeof axe === 'undefined'`))
    await page.evaluate(
      `(() => { const module = undefined; ${axe.source} })()`,
    );
  return page.evaluate<unknown[]>(
    `axe.run({ resultTypes: ['violations'], preload: false }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) })))`,
  );
}

/** Keeps a picture of the page, where somebody wants to look. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({
    path: path.join(pictures, `${name}.png`),
    fullPage: true,
  });
}

/** Signs an invented account in as its reader would, the code taken from the page. */
export async function signInOn(
  page: Page,
  desk: TestDesk,
  login: string,
  hasCode = true,
): Promise<void> {
  const button = (name: string) =>
    page.getByRole('button', { name, exact: true });
  // A code opens once.
  desk.clock.advance({ minutes: 1 });
  await page.getByLabel('Identifiant').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await button('Se connecter').click();
  if (!hasCode) return;
  await page
    .getByLabel('Code')
    .fill(await page.locator('.demo-code .code').innerText());
  await button('Continuer').click();
}

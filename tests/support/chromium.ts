import { chromium, type Browser } from 'playwright-core';
import { describeWith, foundProgram } from './found-program';

/**
 * Declares a suite in a real browser; skipped by name where no Chromium is installed.
 * `browser()` answers inside tests only, once the browser has started.
 */
export function describeWithChromium(
  name: string,
  suite: (browser: () => Browser) => void,
): void {
  const program = foundProgram([
    'chromium',
    'chromium-browser',
    'google-chrome',
  ]);
  describeWith(program, `${name} (chromium)`, (found) => {
    let opened: Browser | undefined;
    beforeAll(async () => {
      opened = await chromium.launch({
        executablePath: found,
        // Chromium's own sandbox does not start for root, as in most containers.
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
    });
    afterAll(() => opened?.close());
    suite(() => {
      if (opened === undefined) throw new Error('the browser is not open yet');
      return opened;
    });
  });
}

/**
 * Takes docs/images/phone.jpg: the simulator page with Awa's payment on its screen.
 *   node scripts/screenshot-phone.cjs [ADDRESS]     a running demo, http://127.0.0.1:8080 unless named
 * Uses the machine's Chromium.
 */
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const [address = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const image = path.join(__dirname, '..', 'docs', 'images', 'phone.jpg');
/** Awa, who has a phone of her own and an open payment. The first time, the language is asked. */
const PERSON = 'Awa';
const STEPS = [
  ['2', 'Mon paiement'],
  ['1', '4 derniers chiffres'],
  ['1201', 'F CFA'],
];

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

async function main() {
  const browser = await chromium.launch({
    executablePath: foundChromium(),
    // Chromium's own sandbox does not start for root, as in most containers.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 980 },
      deviceScaleFactor: 1.25,
    });
    await page.goto(`${address}/simulator`);
    await page.getByText(PERSON).first().click();
    await page.locator('#key-call').click();
    await answered(page, /Langue|Mon paiement/);
    const isAsked = await page.getByText('Kan sugandi').count();
    for (const [keys, words] of isAsked ? STEPS : STEPS.slice(1)) {
      await page.keyboard.type(keys);
      await page.keyboard.press('Enter');
      await answered(page, words);
    }
    fs.mkdirSync(path.dirname(image), { recursive: true });
    await page.screenshot({ path: image, quality: 85 });
    console.log(image);
  } finally {
    await browser.close();
  }
}

async function answered(page, words) {
  await page.locator('#screen').filter({ hasText: words }).waitFor();
}

function foundChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => fs.existsSync(file));
  if (!found) throw new Error('no Chromium on this machine');
  return found;
}

import { describeWithChromium } from './chromium';

describeWithChromium('a page', (browser) => {
  test('is shown as written', async () => {
    const page = await browser().newPage();
    await page.setContent('<h1>Jigi</h1>');
    expect(await page.textContent('h1')).toBe('Jigi');
    await page.close();
  });
});

// usage: node browser-eventsource.mjs SERVER — a browser's own EventSource follows alerts on a page of the server's; prints each as "number id".
// Takes the browser at $CHROMIUM, or /usr/bin/chromium.
import { chromium } from 'playwright-core';

const [server] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.exposeFunction('say', line => console.log(line));
await page.goto(new URL('/api/v1/alerts', server).href);
await page.evaluate(() => {
  const stream = new EventSource('/api/v1/alerts/stream');
  stream.addEventListener('open', () => say('open'));
  stream.addEventListener('alert', event => say(`${event.lastEventId} ${JSON.parse(event.data).id}`));
});
process.on('SIGTERM', () => browser.close().then(() => process.exit(0)));

// Opens pages in Debian's Chromium, without a network.
import {createRequire} from 'node:module';
const puppeteer = createRequire(process.env.NODE_MODULES + '/')('puppeteer-core');

export async function open_browser() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1'],
  });
}

/// A page at that address. `problems` fills with what went wrong on it: errors, console messages of any kind, and all
/// that it asked for but itself.
export async function open_page(browser, url, {width = 1280, height = 900, dark = false, scripts = true} = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on('console', (message) => problems.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`error: ${error}`));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) problems.push(`asks for ${request.url().slice(0, 200)}`);
  });
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({width, height});
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'}]);
  await page.goto(url, {waitUntil: 'load'});
  return {page, problems};
}

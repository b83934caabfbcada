// screenshots.mjs PAGE FOLDER: pictures of a page for the README.
import {resolve} from 'node:path';
import {open_browser, open_page} from './browser.mjs';

const [file, folder] = process.argv.slice(2);
const browser = await open_browser();
const shots = [
  {name: 'wide', width: 1280, height: 900},
  {name: 'phone', width: 390, height: 844, dark: true},
  {name: 'graph', width: 1280, height: 900, part: '#picture'},
];
for (const {name, part, ...view} of shots) {
  const {page, problems} = await open_page(browser, `file://${resolve(file)}`, view);
  if (problems.length !== 0) throw new Error(problems.join('; '));
  const shown = part ? await page.$(part) : page;
  await shown.screenshot({path: `${folder}/report-${name}.png`});
  await page.close();
}
await browser.close();

// pages.mjs FOLDER: opens every page of the folder as people do: wide and narrow, dark, without scripts, printed. A page
// asks for nothing, says nothing to the console, fits its window, and the elements of a hostile one are those of a
// plain one. Contrast is that of WCAG 2.1 AA.
import {readdirSync} from 'node:fs';
import {resolve} from 'node:path';
import {open_browser, open_page} from './browser.mjs';

const folder = resolve(process.argv[2]);
const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
let bad = 0;
const report = (name, problems) => {
  if (problems.length === 0) return;
  bad++;
  console.log(`${name}: ${[...new Set(problems)].slice(0, 5).join('; ')}`);
};

/// In the page: what sticks out of the window, and what has no accessible structure.
const inspect = () => {
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) problems.push(`is ${root.scrollWidth} wide in a window of ${innerWidth}`);
  if (document.querySelectorAll('h1').length !== 1) problems.push('has not one h1');
  for (const landmark of ['header', 'main', 'nav', 'footer'])
    if (document.querySelectorAll(landmark).length !== 1) problems.push(`has not one ${landmark}`);
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  if (new Set(ids).size !== ids.length) problems.push('has an id twice');
  for (const link of document.querySelectorAll('a')) {
    const to = link.getAttribute('href') ?? '';
    if (!to.startsWith('#') || !document.getElementById(to.slice(1))) problems.push(`a link to ${to}`);
  }
  let level = 1;
  for (const heading of document.querySelectorAll('h1, h2, h3')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) problems.push(`heading ${heading.textContent} skips a level`);
    level = own;
  }
  for (const image of document.querySelectorAll('svg[role=img]'))
    if (!image.querySelector('title')) problems.push('a picture without a title');
  return problems;
};

/// In the page: text that is hard to read on what is behind it.
const contrasts = () => {
  const parse = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const problems = [];
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('svg, script, .said, .skip')) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(parse(style.color)), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)} of ${element.tagName}.${element.className}`);
  }
  return problems;
};

/// In the page: every element with its attributes' names, in their order; numbers of a layout aside.
const shape = () => [...document.querySelectorAll('body *')].map(
    (one) => `${one.tagName} ${one.getAttributeNames().join(' ')}`);

const browser = await open_browser();
let plain;
const shape_of = async (name) => {
  const {page, problems} = await open_page(browser, `file://${folder}/${name}`, {scripts: false});
  const found = await page.evaluate(shape);
  await page.close();
  return {found, problems};
};
plain = (await shape_of('plain.html')).found;

for (const name of names) {
  const url = `file://${folder}/${name}`;
  for (const [width, dark, scripts] of [[1280, false, true], [390, true, true], [390, false, false]]) {
    const {page, problems} = await open_page(browser, url, {width, dark, scripts});
    problems.push(...await page.evaluate(inspect));
    if (!name.startsWith('hostile-')) problems.push(...await page.evaluate(contrasts));
    if (scripts) {
      // One click walks to a symbol, a second one back.
      const node = await page.$('#graph a[data-node]');
      if (node) {
        await page.evaluate((one) => one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})), node);
        if (await page.$$eval('#graph .here', (all) => all.length) !== 1) problems.push('a click does not walk');
        await page.click('#nearer');
        await page.click('#whole');
        if (await page.$$eval('#graph .away, #graph .here', (all) => all.length) !== 0) problems.push('no way back');
      }
      await page.emulateMediaType('print');
      problems.push(...await page.evaluate(inspect));
    }
    report(`${name} at ${width}${dark ? ' dark' : ''}${scripts ? '' : ' without scripts'}`, problems);
    await page.close();
  }
  if (!name.startsWith('hostile-')) continue;
  const {found} = await shape_of(name);
  // A command that can't be typed is not given: its two elements may be missing.
  const known = new Set(plain);
  const strange = found.filter((one) => !known.has(one));
  if (strange.length !== 0 || Math.abs(found.length - plain.length) > 4)
    report(name, [`other elements than a plain page: ${strange.slice(0, 3).join(', ')} ${found.length} of ${plain.length}`]);
}
await browser.close();
console.log(`${names.length} pages, ${bad} times something was wrong`);
process.exit(bad === 0 && names.length !== 0 ? 0 : 1);

// mermaid.mjs FOLDER: Mermaid itself draws the pictures of all Markdown reports, as a forge does; what it drew has as
// many boxes as the text says, and no link, script or element from a name.
import {readFileSync, readdirSync} from 'node:fs';
import {open_browser} from './browser.mjs';

const folder = process.argv[2];
const browser = await open_browser();
const page = await browser.newPage();
await page.goto('about:blank');
await page.addScriptTag({path: `${process.env.NODE_MODULES}/mermaid/dist/mermaid.min.js`});
let count = 0, bad = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith('.markdown'))) {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  const blocks = [...text.matchAll(/^```mermaid\n([^]*?)^```$/gm)].map((found) => found[1]);
  const problems = [];
  if (blocks.length > 1) problems.push('more than one picture');
  for (const block of blocks) {
    count++;
    if (block.length > 1800) problems.push(`${block.length} characters`);
    if (/&|^\s*click|%%\{/m.test(block)) problems.push('holds what a forge refuses');
    const boxes = [...block.matchAll(/^  (?:n\d+|more)\["/gm)].length;
    if (boxes > 41) problems.push(`${boxes} boxes`);
    const drawn = await page.evaluate(async (source) => {
      mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
      try {
        const {svg} = await mermaid.render('drawn', source);
        const parsed = new DOMParser().parseFromString(svg, 'text/html');
        return {
          nodes: parsed.querySelectorAll('g.node').length,
          strange: [...parsed.querySelectorAll('a, script, img, iframe, h1, b, i')].map((one) => one.outerHTML),
        };
      } catch (error) {
        return {error: String(error)};
      }
    }, block);
    if (drawn.error) problems.push(drawn.error.slice(0, 300));
    else if (drawn.nodes !== boxes) problems.push(`${drawn.nodes} boxes drawn of ${boxes}`);
    if (drawn.strange?.length) problems.push(`draws ${drawn.strange[0]}`);
  }
  if (problems.length === 0) continue;
  bad++;
  console.log(`${name}: ${problems.join('; ')}`);
}
await browser.close();
console.log(`${count} pictures, ${bad} bad`);
process.exit(bad === 0 && count !== 0 ? 0 : 1);

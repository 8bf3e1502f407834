// Tests of the report in a real browser: a page from a file, without network. A file <name>_test.mjs in this folder
// calls test(name, async open => {...}); `open` gives a page whose console and requests are watched: an error in the
// console, or a request that leaves the file, fails the test.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const build = resolve(root, process.env.SURAE_BUILD || 'build');
export const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const flags = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--hide-scrollbars'];

const tests = [], folder = mkdtempSync(join(tmpdir(), 'surae-page-'));
export const test = (name, run) => tests.push({name, run});

export function check(claim, said) { if (!claim) throw new Error(said || 'not true'); }
export function same(a, b, said = '') { if (a !== b) throw new Error(`${said} ${JSON.stringify(a)}, expected ${JSON.stringify(b)}`); }

// The page of the made-up result, or the file in SURAE_PAGE.
const written = new Map();
export function pageFile(lang = 'en') {
  if (process.env.SURAE_PAGE) return resolve(process.env.SURAE_PAGE);
  if (!written.has(lang)) {
    const file = join(folder, lang + '.html');
    execFileSync(join(build, 'surae_sample_page'), [lang, file]);
    written.set(lang, file);
  }
  return written.get(lang);
}

export async function runAll(playwright) {
  const browsers = new Map();
  const browserWith = async more => {
    const key = more.join(' ');
    if (!browsers.has(key)) browsers.set(key, await playwright.launch({executablePath: chromium, args: [...flags, ...more]}));
    return browsers.get(key);
  };
  let failed = 0;
  for (const t of tests) {
    const opened = [], wrong = [];
    const open = async ({lang = 'en', width = 1280, height = 900, dark = false, reduced = false, args = [], script = true, file} = {}) => {
      const browser = await browserWith(args);
      const context = await browser.newContext({viewport: {width, height}, colorScheme: dark ? 'dark' : 'light', reducedMotion: reduced ? 'reduce' : 'no-preference', javaScriptEnabled: script, offline: true});
      opened.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(10000);
      page.on('console', m => { if (m.type() === 'error') wrong.push('console: ' + m.text()); });
      page.on('pageerror', e => wrong.push('error: ' + e.message));
      page.on('request', r => { if (!/^(file|data|blob):/.test(r.url())) wrong.push('request: ' + r.url()); });
      await page.goto('file://' + (file || pageFile(lang)));
      return page;
    };
    try {
      await t.run(open);
      if (wrong.length) throw new Error(wrong.join('; '));
    } catch (e) {
      failed++;
      console.log(`FAIL ${t.name}: ${e.message.split('\n')[0]}`);
    }
    for (const c of opened) await c.close();
  }
  for (const b of browsers.values()) await b.close();
  rmSync(folder, {recursive: true, force: true});
  console.log(`browser: ${tests.length - failed} passed, ${failed} failed`);
  return failed;
}

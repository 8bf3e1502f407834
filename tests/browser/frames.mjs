// How fast the page is: bytes, first paint, and the median time between frames of a walk that plays at 1280 x 720 in a
// browser without a graphics card. frames.mjs [REPORT.html], else that of `make demo`, else the made-up one.
import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {chromium as program, pageFile, root} from './harness.mjs';

const demo = join(root, 'surae-out/article/report.html');
const file = process.argv[2] || (existsSync(demo) ? demo : pageFile());
const browser = await chromium.launch({executablePath: program, args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']});
const page = await browser.newPage({viewport: {width: 1280, height: 720}});
await page.goto('file://' + file);
const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime).then(h => h.jsonValue());
await page.waitForFunction(() => document.documentElement.dataset.scene === 'ready');
await page.evaluate(() => document.getElementById('sr-replay').scrollIntoView());
await page.waitForFunction(() => window.surae.replay?.stage.isSeen);
const walk = await page.evaluate(() => window.surae.data.moves.filter(m => m.takes.length).findIndex(m => m.task.startsWith('walk')));
if (walk >= 0) await page.selectOption('#sr-task', {index: walk});
await page.waitForTimeout(2500);
// wholly in sight
await page.evaluate(() => document.querySelector('.stage.move').scrollIntoView({block: 'end'}));
await page.evaluate(() => { window.surae.replay.intervals.length = 0; window.surae.replay.run(true); });
await page.waitForTimeout(8000);
const {median, n, triangles, size} = await page.evaluate(() => {
  const r = window.surae.replay, a = [...r.intervals].sort((x, y) => x - y);
  return {median: a[a.length >> 1], n: a.length, triangles: r.stage.renderer.info.render.triangles, size: r.stage.canvas.width + ' x ' + r.stage.canvas.height};
});
console.log(`report: ${(statSync(file).size / 1e6).toFixed(2)} MB, first paint ${paint.toFixed(0)} ms, median of ${n} frames ${median.toFixed(1)} ms (${triangles} triangles on ${size} in a window of 1280 x 720, no graphics card)`);
await browser.close();

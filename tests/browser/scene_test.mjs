// The timeline, the leg and the movements in 3D.
import {check, same, test} from './harness.mjs';

const ready = page => page.waitForFunction(() => document.documentElement.dataset.scene === 'ready');
async function leg(page) {
  await ready(page);
  await page.evaluate(() => document.getElementById('sr-leg').scrollIntoView());
  await page.waitForFunction(() => window.surae.leg?.stage.isSeen);
}
async function replay(page) {
  await ready(page);
  await page.evaluate(() => document.getElementById('sr-replay').scrollIntoView());
  await page.waitForFunction(() => window.surae.replay?.stage.isSeen);
}
// The picture of a view, read back: how many pixels are drawn, and a sum that changes with any of them.
const pixels = (page, which) => page.evaluate(which => {
  const stage = window.surae[which].stage, {renderer, canvas} = stage;
  stage.place();
  renderer.render(stage.scene, stage.camera);
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const c = copy.getContext('2d');
  c.drawImage(canvas, 0, 0);
  const d = c.getImageData(0, 0, copy.width, copy.height).data;
  let drawn = 0, sum = 0;
  for (let i = 0; i < d.length; i += 4) {
    if (d[i + 3] > 0) drawn++;
    sum = (sum * 31 + d[i] + 3 * d[i + 1] + 7 * d[i + 2] + 11 * d[i + 3]) >>> 0;
  }
  return {drawn, sum, all: d.length / 4};
}, which);
// Until a glide of the eye or of a shape has ended.
const settled = (page, which) => page.waitForFunction(w => { const v = window.surae[w]; return !v.stage.goal && !(v.begin > 0); }, which);
const week = (page, i) => page.evaluate(i => window.surae.setWeek(i), i);
const text = (page, selector) => page.locator(selector).first().textContent();

test('page opens from a file and says when it is ready', async open => {
  const page = await open();
  await ready(page);
  check(await page.locator('#sr-scene').isVisible());
  same(await page.locator('#sr-no3d').isVisible(), false, 'the excuse is shown');
  same(await page.evaluate(() => document.querySelectorAll('[src],[href^="http:"]').length), 0, 'elements that load');
});

test('timeline moves numbers, marks and leg together', async open => {
  const page = await open({reduced: true});
  await leg(page);
  await week(page, 0);
  const at = () => page.evaluate(() => Array.from(window.surae.leg.part.right.skin.mesh.geometry.attributes.position.array));
  const girth = '#sr-weeks .at-week[data-series="leg.girth_max_cm.right"]';
  same(await text(page, girth), '33.7');
  same(await page.evaluate(() => document.documentElement.dataset.epoch), '0');
  const before = await at(), was = await pixels(page, 'leg');
  await page.evaluate(() => document.addEventListener('surae:week', e => { window.heard = e.detail; }));
  await week(page, 4);
  same(await text(page, girth), '31.2');
  same(await page.evaluate(() => document.documentElement.dataset.week), '104');
  same((await page.evaluate(() => window.heard)).index, 4);
  same(await page.locator('.wk-ticks .now').textContent(), '2 years');
  const after = await at(), now = await pixels(page, 'leg');
  // the girth falls by 2.5 cm, the radius by 4 mm where it is greatest
  const most = Math.max(...after.map((x, i) => Math.abs(x - before[i])));
  check(most > 0.0035 && most < 0.0045, `the skin moves by ${most} m`);
  check(was.sum !== now.sum, 'the picture does not change');
  const colour = () => page.evaluate(() => window.surae.leg.part.right.parts.map(p => p.mesh.material.color?.getHexString()));
  const lost = await colour();
  await week(page, 0);
  const whole = await colour();
  check(lost[3] !== whole[3], 'the muscle without nerve keeps its colour');
  same(lost[2], whole[2], 'the muscle with its nerve');
});

test('timeline plays and is worked with keys', async open => {
  const page = await open();
  await ready(page);
  await page.locator('#sr-weeks input').focus();
  await page.keyboard.press('Home');
  same(await page.evaluate(() => window.surae.index), 0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  same(await page.evaluate(() => window.surae.index), 2);
  same(await page.locator('#sr-weeks input').getAttribute('aria-valuetext'), '2 weeks');
  await page.locator('.wk-ticks span').last().click();
  same(await page.evaluate(() => window.surae.index), 5);
  await page.locator('.wk-play').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.surae.index === 1);
  await page.keyboard.press('Enter');
  const stopped = await page.evaluate(() => window.surae.index);
  await page.waitForTimeout(1700);
  same(await page.evaluate(() => window.surae.index), stopped, 'it goes on');
});

test('numbers anywhere on the page follow the week', async open => {
  const page = await open();
  await ready(page);
  await page.evaluate(() => {
    for (const show of ['value', 'before', 'control', 'change', 'percent', 'range', 'unit', 'when'])
      document.body.append(window.surae.make('span', {class: 'at-week', id: 'x-' + show, 'data-series': 'leg.girth_max_cm.left', 'data-show': show}));
    document.body.append(window.surae.make('span', {class: 'at-week', id: 'x-none', 'data-series': 'no.such'}), window.surae.make('td', {id: 'x-cell', 'data-at-epoch': 4}));
    window.surae.setWeek(4);
  });
  const all = {value: '31.2', before: '33.7', control: '33.7', change: '−2.5', percent: '−7 %', range: '30.7–31.7', unit: 'cm', when: '2 years', none: '–'};
  for (const [id, want] of Object.entries(all)) same(await text(page, '#x-' + id), want, id);
  check(await page.evaluate(() => document.getElementById('x-cell').classList.contains('now')));
});

test('every control of the leg changes the picture', async open => {
  const page = await open({reduced: true});
  await leg(page);
  await week(page, 4);
  const first = await pixels(page, 'leg');
  check(first.drawn > 0.03 * first.all && first.drawn < 0.9 * first.all, `${first.drawn} of ${first.all} pixels`);
  let last = first.sum;
  for (const id of ['left', 'right', 'quarter', 'inside', 'front', 'outside', 'back', 'beside', 'off', 'over']) {
    const button = page.locator(`#sr-leg [data-id="${id}"]`);
    await button.click();
    await settled(page, 'leg');
    same(await button.getAttribute('aria-pressed'), 'true', id);
    const now = await pixels(page, 'leg');
    check(now.sum !== last, id + ' changes nothing');
    last = now.sum;
  }
  for (const id of ['skin', 'cut']) {
    await page.locator(`#sr-leg [data-say="${id}"]`).click();
    const now = await pixels(page, 'leg');
    check(now.sum !== last, id + ' changes nothing');
    last = now.sum;
  }
  for (const key of ['ArrowLeft', 'ArrowUp', '+']) {
    await page.locator('#sr-leg-canvas').focus();
    await page.keyboard.press(key);
    const now = await pixels(page, 'leg');
    check(now.sum !== last, key + ' changes nothing');
    last = now.sum;
  }
});

test('tape reads the girth of its height', async open => {
  const page = await open({reduced: true});
  await leg(page);
  await week(page, 0);
  const slider = page.locator('#sr-leg .slice input'), read = async () => parseFloat(await text(page, '#sr-girth'));
  // heights and girths of the result stand at its own levels
  for (const k of [2, 4, 6]) {
    const [height, girth] = await page.evaluate(k => { const l = window.surae.leg.legs.right; return [l.height[k], l.girth[0][k]]; }, k);
    await page.evaluate(h => window.surae.leg.atHeight(h), height);
    check(Math.abs(await read() - girth) <= 0.0501, `${await read()} cm at ${height} cm, the result has ${girth}`);
  }
  const drawn = await page.locator('#sr-leg .slice svg').innerHTML();
  await slider.focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowLeft');
  check(drawn !== await page.locator('#sr-leg .slice svg').innerHTML(), 'the section stays');
  await page.locator('#sr-leg [data-say="tape.thickest"]').click();
  check(await read() > 33, 'not the thickest place');
  // at rest at the thickest place it says what the timeline says, at every week
  for (const i of [0, 2, 4]) {
    await week(page, i);
    same(await read(), parseFloat(await text(page, '#sr-weeks .at-week[data-series="leg.girth_max_cm.right"]')), `girth at ${i}`);
  }
});

test('movement plays, pauses, and can be scrubbed', async open => {
  const page = await open();
  await replay(page);
  await page.selectOption('#sr-task', {label: 'Walking, 1.33 m/s'});
  await settled(page, 'replay');
  const seen = new Set();
  await page.locator('#sr-play').click();
  for (let i = 0; i < 4; i++) {
    await page.waitForTimeout(250);
    seen.add((await pixels(page, 'replay')).sum);
  }
  check(seen.size >= 3, `${seen.size} pictures in a second`);
  await page.locator('#sr-play').click();
  const a = await pixels(page, 'replay');
  await page.waitForTimeout(300);
  same((await pixels(page, 'replay')).sum, a.sum, 'it moves while it rests:');
  check(a.drawn > 0.03 * a.all, `${a.drawn} of ${a.all} pixels`);
  await page.locator('#sr-replay .play-row input').focus();
  await page.keyboard.press('Home');
  same(await page.locator('#sr-replay output').textContent(), '0.00 s');
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
  check((await pixels(page, 'replay')).sum !== a.sum);
});

test('every control of the movement works', async open => {
  const page = await open({reduced: true});
  await replay(page);
  const tasks = await page.locator('#sr-task option').count();
  check(tasks >= 2, tasks + ' movements');
  let last = 0;
  for (let i = tasks - 1; i >= 0; i--) {
    await page.selectOption('#sr-task', {index: i});
    const now = await pixels(page, 'replay');
    check(now.sum !== last && now.drawn > 0.02 * now.all, `movement ${i} draws nothing`);
    last = now.sum;
  }
  await page.selectOption('#sr-task', {label: 'Walking, 1.33 m/s'});
  await page.evaluate(() => { const r = window.surae.replay; r.time = 0.2 * r.T; r.show(); });
  last = (await pixels(page, 'replay')).sum;
  for (const id of ['over', 'before', 'after', 'beside', 'side', 'front', 'quarter']) {
    await page.locator(`#sr-replay [data-id="${id}"]`).click();
    const now = await pixels(page, 'replay');
    check(now.sum !== last, id + ' changes nothing');
    last = now.sum;
  }
  await page.locator('#sr-replay [data-say="forces"]').click();
  check((await pixels(page, 'replay')).sum !== last, 'forces stay');
  await page.locator('#sr-replay .ctl select').last().selectOption('1');
  same(await page.evaluate(() => window.surae.replay.state.speed), 1);
});

test('movement follows the timeline and says which week it is of', async open => {
  const page = await open({reduced: true});
  await replay(page);
  await page.selectOption('#sr-task', {label: 'Walking, 1.33 m/s'});
  await week(page, 0);
  same(await page.locator('.heads .tag').count(), 1);
  await week(page, 1);
  same(await page.locator('.heads .tag').last().textContent(), 'Right after');
  await week(page, 4);
  check((await page.locator('.heads .tag').last().textContent()).includes('Not computed for this week. Shown: right after, without pain.'));
});

test('with reduced motion a movement plays once', async open => {
  const page = await open({reduced: true});
  await replay(page);
  await page.selectOption('#sr-task', {label: 'Walking, 1.33 m/s'});
  await page.locator('#sr-replay .ctl select').last().selectOption('1');
  await page.locator('#sr-play').click();
  await page.waitForFunction(() => !window.surae.replay.isOn && window.surae.replay.time > 1, null, {timeout: 15000});
});

test('words change with the language of the page', async open => {
  const page = await open();
  await leg(page);
  await page.evaluate(() => { document.documentElement.dataset.lang = 'zh'; document.dispatchEvent(new CustomEvent('surae:lang')); });
  const said = await page.locator('#sr-scene').innerText();
  for (const word of ['腓肠肌', '比目鱼肌', '失神经', '周径', '播放']) check(said.includes(word), word + ' is missing');
  check(!/Gastrocnemius|Soleus|Play/.test(said), 'English is left');
});

test('a page in Chinese begins in Chinese', async open => {
  const page = await open({lang: 'zh'});
  await replay(page);
  check((await page.locator('#sr-replay').innerText()).includes('地面反力'));
});

test('without WebGL the page says so and the flat player is there', async open => {
  const page = await open({args: ['--disable-3d-apis']});
  await page.waitForFunction(() => document.documentElement.dataset.scene === 'none');
  check(await page.locator('#sr-no3d').isVisible());
  await page.evaluate(() => document.querySelectorAll('details.chapter').forEach(d => (d.open = true)));
  check(await page.locator('.player').first().isVisible());
  await week(page, 4);
  same(await text(page, '#sr-weeks .at-week'), '31.2');
});

test('without scripts nothing of it is shown', async open => {
  const page = await open({script: false});
  same(await page.locator('#sr-scene').isVisible(), false);
});

for (const [width, height, dark] of [[390, 844, false], [800, 1000, true]])
  test(`nothing runs over at ${width} pixels`, async open => {
    const page = await open({width, height, dark});
    await leg(page);
    await replay(page);
    const over = await page.evaluate(() => [...document.querySelectorAll('#sr-scene *')].filter(e => {
      const b = e.getBoundingClientRect();
      return b.width > 0 && (b.right > innerWidth + 1 || b.left < -1) && !e.closest('svg');
    }).map(e => e.className || e.tagName));
    same(over.join(), '', 'beyond the edge:');
  });

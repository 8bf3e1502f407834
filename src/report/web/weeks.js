// The timeline: one week for the whole page. Runs in every build, with or without the 3D views.
//   document.documentElement.dataset.epoch, .dataset.week    which epoch is shown, and its week
//   document: CustomEvent "surae:week" {detail: {index, week}}   after every change
//   <span class=at-week data-series="leg.girth_max_cm.left" data-show=value>  follows it (README.md lists both)
//   [data-at-epoch="3"]    gets the class "now" while that epoch is shown
//   window.surae           {data, say, lang, label, index, setWeek, number}
(() => {
  const root = document.documentElement, box = document.getElementById('sr-weeks');
  const data = JSON.parse(document.getElementById('sr-data').textContent);
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const lang = () => ((root.dataset.lang || root.lang || 'en').startsWith('zh') ? 'zh' : 'en');
  const say = (id, ...a) => (data.words[lang()][id] || id).replace(/\{(\d)\}/g, (m, k) => a[k - 1] ?? '');
  const label = i => data.epochs[i].label[lang()];
  const last = data.epochs.length - 1;
  const number = (x, decimals) => x == null ? '–' : x.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1').replace('-', '−');
  const signed = (x, d) => x == null ? '–' : (number(x, d).match(/[1-9]/) && x > 0 ? '+' : '') + number(x, d);

  const make = (name, attributes = {}, ...inside) => {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    e.append(...inside);
    return e;
  };

  // as the headline: two years on, else the last week
  const two = data.epochs.findIndex(e => e.week >= 104), start = two >= 0 ? two : last;
  const surae = window.surae = {data, say, lang, label, number, make, index: Math.min(start, last), setWeek};

  // What a span shows of a series at the week: value, before, control, change, percent, range, unit, when.
  function shown(span) {
    const i = surae.index, show = span.dataset.show || 'value';
    if (show === 'when') return label(i);
    const s = data.series[span.dataset.series];
    if (!s) return '–';
    const d = s.decimals, now = s.at?.[i], was = s.at?.[0];
    switch (show) {
      case 'unit': return s.unit[lang()];
      case 'before': return number(was, d);
      case 'control': return number(s.control?.[i], d);
      case 'change': return now == null || was == null ? '–' : signed(now - was, d);
      case 'percent': return now == null || !was ? '–' : signed(100 * (now / was - 1), 0) + ' %';
      case 'range': return s.lo?.[i] == null ? '–' : number(s.lo[i], d) + '–' + number(s.hi[i], d);
      default: return number(now, d);
    }
  }
  function follow() {
    for (const e of document.querySelectorAll('.at-week')) e.textContent = shown(e);
    for (const e of document.querySelectorAll('[data-at-epoch]')) e.classList.toggle('now', +e.dataset.atEpoch === surae.index);
  }

  // What stands below the slider: how it looks and what is left of it, per leg where they differ.
  const same = (a, b) => a && b && (a.at || []).every((x, i) => x === b.at[i] || Math.abs(x - b.at[i]) <= 0.005 * Math.abs(x));
  function facts() {
    const rows = [['girth', 'leg.girth_max_cm'], ['force', 'calf.force'], ['gasmed', 'muscle.gasmed.total_volume_ml'],
      ['soleus', 'muscle.soleus.total_volume_ml'], ['dorsiflexion', 'leg.dorsiflexion_deg'], ['fat', 'leg.calf_fat_mm']];
    const list = make('dl', {class: 'wk-facts'});
    for (const [id, name] of rows) {
      const both = same(data.series[name + '.left'], data.series[name + '.right']);
      if (!data.series[name + '.right']) continue;
      const cell = make('div', {}, make('dt', {'data-say': 'fact.' + id}));
      for (const side of both ? ['right'] : ['left', 'right']) {
        const at = show => make('span', {class: 'at-week', 'data-series': name + '.' + side, 'data-show': show});
        const tag = both ? [] : [make('i', {'data-say': 'side.' + side}), ' '];
        cell.append(make('dd', {}, ...tag, make('b', {}, at('value')), ' ', make('small', {}, at('unit'))));
        const was = make('dd', {class: 'wk-was'}, make('span', {'data-say': 'was'}), ' ', at('before'));
        if (data.series[name + '.' + side].control)
          was.append(' · ', make('span', {'data-say': 'without'}), ' ', at('control'));
        cell.append(was);
      }
      list.append(cell);
    }
    return list;
  }
  // the strength of the three heads that pull on the Achilles tendon, as one
  for (const side of ['left', 'right']) {
    const of = ['gasmed', 'gaslat', 'soleus'].map(m => data.series['muscle.' + m + '.max_force_N.' + side]);
    if (of.some(s => !s)) continue;
    const sum = key => of.every(s => s[key]) ? of[0][key].map((x, i) => of.reduce((t, s) => s[key][i] == null ? null : t + s[key][i], 0)) : undefined;
    data.series['calf.force.' + side] = {unit: of[0].unit, decimals: 0, at: sum('at'), control: sum('control')};
  }

  const play = make('button', {type: 'button', class: 'wk-play'});
  const slider = make('input', {type: 'range', min: 0, max: last, step: 1});
  const ticks = make('ol', {class: 'wk-ticks', 'aria-hidden': 'true'});
  data.epochs.forEach((e, i) => {
    const tick = make('li', {'data-at-epoch': i}, make('span'));
    tick.addEventListener('click', () => { run(false); setWeek(i); });
    ticks.append(tick);
  });
  const now = make('output', {class: 'wk-now'});
  let timer = 0;
  function run(on) {
    clearInterval(timer);
    timer = 0;
    if (on) {
      if (surae.index === last) setWeek(0);
      timer = setInterval(() => { surae.index < last ? setWeek(surae.index + 1) : run(false); }, still.matches ? 2200 : 1400);
    }
    play.textContent = on ? say('pause') : say('play');
    play.setAttribute('aria-pressed', on);
  }
  play.addEventListener('click', () => run(!timer));
  slider.addEventListener('input', () => { run(false); setWeek(+slider.value); });

  function setWeek(i) {
    surae.index = Math.max(0, Math.min(last, Math.round(i)));
    root.dataset.epoch = surae.index;
    root.dataset.week = data.epochs[surae.index].week;
    slider.value = surae.index;
    slider.style.setProperty('--at', surae.index / Math.max(1, last));
    slider.setAttribute('aria-valuetext', label(surae.index));
    now.textContent = label(surae.index);
    follow();
    document.dispatchEvent(new CustomEvent('surae:week', {detail: {index: surae.index, week: data.epochs[surae.index].week}}));
  }
  function speak() {
    for (const e of document.querySelectorAll('#sr-scene [data-say]')) e.textContent = say(e.dataset.say);
    for (const e of document.querySelectorAll('#sr-scene [data-say-label]')) e.setAttribute('aria-label', say(e.dataset.sayLabel));
    slider.setAttribute('aria-label', say('slider'));
    ticks.querySelectorAll('span').forEach((e, i) => { e.textContent = label(i); });
    run(!!timer);
    setWeek(surae.index);
  }
  // below the header of the page, which may take two lines
  const header = document.querySelector('.top');
  if (header) new ResizeObserver(() => root.style.setProperty('--top', header.offsetHeight + 'px')).observe(header);
  box.append(make('div', {class: 'wk-bar'}, play, make('div', {class: 'wk-track'}, slider, ticks), now), facts());
  document.getElementById('sr-scene').hidden = false;
  surae.speak = speak;
  speak();
  document.addEventListener('surae:lang', speak);

  // The 3D views come after the first paint, when they are near: unpacked here, without any network.
  const packed = document.getElementById('sr-app');
  if (!packed) return;
  const fail = () => { document.getElementById('sr-no3d').hidden = false; root.dataset.scene = 'none'; };
  async function unpack() {
    const bytes = Uint8Array.from(atob(packed.textContent), c => c.charCodeAt(0));
    const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
    const script = document.createElement('script');
    script.textContent = text;
    document.body.append(script);
  }
  surae.fail = fail;
  if (!('DecompressionStream' in window)) return fail();
  const begin = () => setTimeout(() => unpack().catch(fail), 0);
  requestAnimationFrame(() => requestAnimationFrame(begin));
})();

// The leg in 3D: skin, muscles by volume and by what is left of their nerve, bones, a tape at any height, the leg of
// before as a ghost, and the section under the tape.
import * as THREE from 'three';
import {girthAt, hull, refined, ringAt, tapered, trianglesOf} from './data.js';
import {MUSCLE, colours, glass, muscleColour, satin} from './look.js';
import {Stage, choice} from './stage.js';

const surae = window.surae, {make, say, number} = surae;

// the tendon lies on the muscles, closer than their drawing is fine
const ABOVE = {polygonOffset: true, polygonOffsetFactor: -3, polygonOffsetUnits: -12};

function surfaceMesh(s, isLeft, material) {
  const g = new THREE.BufferGeometry();
  g.setAttribute('position', new THREE.BufferAttribute(new Float32Array(s.at[0]), 3));
  g.setIndex(trianglesOf(s, isLeft));
  g.computeVertexNormals();
  return new THREE.Mesh(g, material);
}

export class LegView {
  constructor(parent, legs) {
    this.legs = legs;
    this.state = {leg: 'both', view: 'back', ghost: 'over', skin: true, cut: false, height: null};
    parent.append(make('h3', {'data-say': 'leg.title'}));
    const grid = make('div', {class: 'stage-grid'}), left = make('div');
    this.side = make('div', {class: 'slice'});
    grid.append(left, this.side);
    parent.append(grid);
    this.stage = new Stage(left, 'leg');
    this.stage.canvas.id = 'sr-leg-canvas';
    this.plane = new THREE.Plane(new THREE.Vector3(0, -1, 0), 1);
    this.tags = {};
    this.build();
    this.controls(left);
    this.slicePanel();
    const hint = make('span', {class: 'hint', 'data-say': 'hint'});
    this.stage.box.append(hint);
    this.stage.onFrame = t => this.step(t);
    this.stage.onPainted = () => this.label();
    this.shown = surae.index;
    this.from = this.to = surae.index;
    this.atHeight(100 * (legs.right.shank) * 0.7);
    const fact = surae.data.series['leg.girth_max_height_cm.right'];
    this.isThickest = fact?.at?.[surae.index] != null;
    this.toThickest();
    this.arrange();
    document.addEventListener('surae:week', () => { this.week(); this.toThickest(); });
    document.addEventListener('surae:lang', () => this.words());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.recolour());
    this.week(true);
    this.words();
  }

  // Groups for each leg: now (surfaces of the week), ghost (of before).
  build() {
    const c = this.c = colours(), scene = this.stage.scene;
    this.part = {};
    for (const side of ['left', 'right']) {
      const leg = this.legs[side], isLeft = side === 'left', group = new THREE.Group(), parts = [];
      const clip = [this.plane];
      for (const raw of leg.surfaces) {
        const isSkin = raw.name === 'skin', isMuscle = raw.name in MUSCLE, s = refined(isMuscle || raw.name === 'achilles' ? tapered(raw) : raw, isSkin);
        const exact = isMuscle || raw.name === 'achilles' ? refined(raw, false) : s, isBone = raw.name === 'tibia' || raw.name === 'fibula';
        const material = isSkin ? glass({colour: c.skin, rim: c.rim, least: 0.2, most: 0.86, power: 1.5}) : satin({color: isBone ? c.bone : isMuscle ? new THREE.Color(MUSCLE[raw.name]) : c.tendon});
        const mesh = surfaceMesh(s, isLeft, material);
        mesh.renderOrder = isSkin ? 3 : 0;
        group.add(mesh);
        if (raw.name === 'achilles') Object.assign(material, ABOVE);
        parts.push({name: raw.name, s, exact, mesh, isSkin, isMuscle});
      }
      const skin = parts.find(p => p.isSkin);
      const ghost = surfaceMesh(skin.s, isLeft, glass({colour: c.before, rim: c.before, least: 0.08, most: 0.85, power: 1.3}));
      ghost.renderOrder = 2;
      const beside = new THREE.Group();
      const besideSkin = surfaceMesh(skin.s, isLeft, glass({colour: c.before, rim: c.before, least: 0.12, most: 0.85, power: 1.5}));
      besideSkin.renderOrder = 3;
      beside.add(besideSkin);
      for (const p of parts) if (!p.isSkin) beside.add(surfaceMesh(p.s, isLeft, satin({color: p.isMuscle ? new THREE.Color('#a9adb3') : c.bone, ...(p.name === 'achilles' ? ABOVE : {})})));
      // the tape: a ring outside of the skin
      const tape = new THREE.Mesh(new THREE.BufferGeometry(), new THREE.MeshBasicMaterial({color: c.after, side: THREE.DoubleSide}));
      tape.renderOrder = 5;
      // the cut face
      const face = new THREE.Group();
      group.add(tape, face);
      const holder = new THREE.Group();
      holder.add(group, ghost, beside);
      scene.add(holder);
      this.part[side] = {leg, group, parts, skin, ghost, beside, tape, face, holder, isLeft, clip};
    }
  }

  controls(parent) {
    const s = this.state, box = make('div', {class: 'ctls'});
    const toggle = (id, key) => {
      const b = make('button', {type: 'button', class: 'btn', 'data-say': id, 'aria-pressed': s[key]});
      b.addEventListener('click', () => { s[key] = !s[key]; b.setAttribute('aria-pressed', s[key]); this.arrange(); });
      return b;
    };
    const marks = make('fieldset', {class: 'seg'}, make('legend', {'data-say': 'show'}), toggle('skin', 'skin'), toggle('cut', 'cut'));
    box.append(
      choice('leg.which', ['both', 'left', 'right'], id => 'legs.' + id, s.leg, id => { s.leg = id; this.arrange(); }),
      choice('view', ['back', 'quarter', 'inside', 'front', 'outside'], id => 'view.' + id, s.view, id => { s.view = id; this.arrange(); }),
      choice('ghost', ['over', 'beside', 'off'], id => 'ghost.' + id, s.ghost, id => { s.ghost = id; this.arrange(); }),
      marks);
    parent.append(box);
    this.legend = make('p', {class: 'legend'});
    parent.append(this.legend);
  }

  slicePanel() {
    const NS = 'http:' + '//www.w3.org/2000/svg';
    this.svg = document.createElementNS(NS, 'svg');
    this.svg.setAttribute('viewBox', '-72 -78 144 144');
    this.svg.setAttribute('role', 'img');
    this.el = name => document.createElementNS(NS, name);
    this.slider = make('input', {type: 'range', min: 3, max: Math.round(100 * this.legs.right.shank), step: 0.2, 'data-say-label': 'tape.height'});
    this.slider.addEventListener('input', () => { this.isThickest = false; this.atHeight(+this.slider.value); });
    const thick = make('button', {type: 'button', class: 'btn', 'data-say': 'tape.thickest'});
    thick.addEventListener('click', () => { this.isThickest = true; this.toThickest(); });
    this.said = make('p', {'aria-live': 'off'});
    this.side.append(this.svg, make('h4', {'data-say': 'slice.title'}), make('label', {class: 'ctl'}, make('span', {'data-say': 'tape.height'}), this.slider), thick, this.said,
      make('p', {class: 'note', 'data-say': 'slice.note'}));
    this.side.prepend(this.side.querySelector('h4'));
  }

  sliceSide() { return this.state.leg === 'left' ? 'left' : 'right'; }

  words() {
    const lost = new THREE.Color(this.c.lost), css = x => '#' + x.getHexString();
    this.legend.replaceChildren();
    const item = (colour, text) => this.legend.append(make('span', {}, make('i', {style: 'background:' + colour}), text));
    for (const m of ['gasmed', 'gaslat', 'soleus']) item(MUSCLE[m], this.legs.right.label[m]?.[surae.lang()] || m);
    item('#7ab7c8', say('others'));
    item(css(lost), say('nonerve'));
    item(css(this.c.before), say('before'));
    this.stage.canvas.setAttribute('aria-label', say('leg.aria', surae.label(surae.index)));
    this.slice();
  }

  recolour() {
    const c = this.c = colours();
    for (const p of Object.values(this.part)) {
      p.skin.mesh.material.uniforms.colour.value.copy(c.skin);
      p.skin.mesh.material.uniforms.rim.value.copy(c.rim);
      p.ghost.material.uniforms.colour.value.copy(c.before);
      p.tape.material.color.copy(c.after);
    }
    this.week(true);
    this.words();
  }

  // Girth under the tape: at the thickest place the greatest girth itself, which may lie between the levels of the profile.
  girthOf(p, epoch) {
    const side = p.isLeft ? 'left' : 'right', at = name => surae.data.series[`leg.${name}.${side}`]?.at?.[epoch];
    const most = at('girth_max_cm');
    return most != null && Math.abs(this.state.height - at('girth_max_height_cm')) < 0.05 ? most : girthAt(p.leg, epoch, this.state.height);
  }

  // The tape lies where the leg is thickest at the week, until it is moved by hand.
  toThickest() {
    const f = surae.data.series['leg.girth_max_height_cm.' + this.sliceSide()];
    if (this.isThickest && f?.at?.[surae.index] != null) this.atHeight(f.at[surae.index]);
  }

  atHeight(cm) {
    this.state.height = Math.max(3, Math.min(100 * this.legs.right.shank - 0.1, cm));
    this.slider.value = this.state.height;
    this.slider.setAttribute('aria-valuetext', number(this.state.height, 1) + ' cm');
    this.tapes();
    this.slice();
    this.stage.draw();
  }

  week(now) {
    this.from = this.blend();
    this.target = surae.index;
    this.begin = now === true || matchMedia('(prefers-reduced-motion: reduce)').matches ? -1 : performance.now();
    this.stage.canvas.setAttribute('aria-label', say('leg.aria', surae.label(surae.index)));
    this.slice();
    this.stage.draw();
    if (this.begin < 0 || !this.stage.isSeen) this.morph(1);
  }
  // What is shown now, as positions to glide from.
  blend() {
    const out = {};
    for (const [side, p] of Object.entries(this.part)) out[side] = p.parts.map(x => x.mesh.geometry.attributes.position.array.slice());
    return out;
  }
  step(time) {
    if (this.begin === undefined || this.begin < 0) return false;
    const t = Math.min(1, Math.max(0, (performance.now() - this.begin) / 450));
    this.morph(t * t * (3 - 2 * t));
    if (t >= 1) this.begin = -1;
    return t < 1;
  }
  morph(w) {
    for (const [side, p] of Object.entries(this.part)) {
      p.parts.forEach((x, i) => {
        const a = this.from[side][i], b = x.s.at[this.target], at = x.mesh.geometry.attributes.position;
        for (let k = 0; k < b.length; k++) at.array[k] = a[k] + w * (b[k] - a[k]);
        at.needsUpdate = true;
        x.mesh.geometry.computeVertexNormals();
        x.mesh.geometry.computeBoundingSphere();
        if (!x.isMuscle) return;
        const to = muscleColour(x.name, p.leg.innervated[x.name]?.[this.target] ?? 1, this.c);
        x.mesh.material.color.lerp(to, w);
      });
    }
    this.tapes();
  }

  // Where the legs stand: both side by side, or one, with the leg of before beside it.
  arrange() {
    const s = this.state, both = s.leg === 'both', beside = s.ghost === 'beside', sign = this.sliceSide() === 'right' ? 1 : -1;
    const turn = {back: Math.PI, front: 0, quarter: Math.PI * 0.8, inside: -sign * Math.PI / 2, outside: sign * Math.PI / 2}[s.view];
    // to the right as the eye sees it
    const right = new THREE.Vector3(Math.sin(turn), 0, -Math.cos(turn)), isSide = s.view === 'inside' || s.view === 'outside';
    for (const side of ['left', 'right']) {
      const p = this.part[side];
      // seen from a side the legs would hide each other
      p.holder.visible = both && !isSide || s.leg === side || isSide && both && side === 'right';
      p.holder.position.set(0, 0, both && !isSide ? (side === 'left' ? -1 : 1) * (beside ? 0.165 : 0.085) : 0);
      p.group.position.copy(right).multiplyScalar(beside ? 0.078 : 0);
      p.beside.position.copy(right).multiplyScalar(beside ? -0.078 : 0);
      p.ghost.visible = s.ghost === 'over';
      p.beside.visible = beside;
      p.skin.mesh.visible = s.skin;
      p.face.visible = s.cut;
      for (const x of p.parts) { x.mesh.material.clippingPlanes = s.cut ? p.clip : null; x.mesh.material.needsUpdate = true; }
    }
    const wide = isSide ? (beside ? 0.5 : 0.34) : both ? (beside ? 0.68 : 0.38) : beside ? 0.36 : 0.26;
    const top = this.legs.right.ankle + 1.28 * this.legs.right.shank;
    this.stage.look({turn, lift: s.cut ? 0.55 : 0.06, at: [isSide ? 0.03 : 0.02, top * (s.cut ? 0.44 : 0.49), 0], wide, tall: top * 1.04});
    this.tapes();
    this.slice();
    this.stage.draw();
  }

  // The tape lies taut around the skin of now; the plane of the cut is there too.
  tapes() {
    if (this.state.height == null) return;
    for (const p of Object.values(this.part)) {
      const y = p.leg.ankle + this.state.height / 100, at = p.skin.mesh.geometry.attributes.position.array;
      this.plane.constant = y;
      const ring = ringAt(p.skin.s, at, y);
      if (!ring) { p.tape.visible = false; continue; }
      p.tape.visible = true;
      const h = hull(ring), n = h.length, v = [], index = [], tall = 0.0045, out = 0.0012;
      const cx = h.reduce((t, q) => t + q[0], 0) / n, cz = h.reduce((t, q) => t + q[1], 0) / n;
      for (let i = 0; i < n; i++) {
        const dx = h[i][0] - cx, dz = h[i][1] - cz, r = Math.hypot(dx, dz), x = h[i][0] + out * dx / r, z = h[i][1] + out * dz / r;
        v.push(x, y + tall / 2, z, x, y - tall / 2, z);
        const a = 2 * i, b = 2 * ((i + 1) % n);
        index.push(a, b, b + 1, a, b + 1, a + 1);
      }
      p.tape.geometry.dispose();
      p.tape.geometry = new THREE.BufferGeometry();
      p.tape.geometry.setAttribute('position', new THREE.Float32BufferAttribute(v, 3));
      p.tape.geometry.setIndex(index);
      p.middle = new THREE.Vector3(cx, y, cz);
      p.edge = h;
      p.face.clear();
      if (!this.state.cut) continue;
      const flat = (points, colour, up) => {
        const shape = new THREE.Shape(points.map(q => new THREE.Vector2(q[0], -q[1])));
        const m = new THREE.Mesh(new THREE.ShapeGeometry(shape), new THREE.MeshBasicMaterial({color: colour, side: THREE.DoubleSide}));
        m.rotation.x = -Math.PI / 2;
        m.position.y = y + up;
        p.face.add(m);
      };
      flat(ring, new THREE.Color(this.c.isDark ? '#8c7a52' : '#f2e3b6'), 0);
      for (const x of p.parts) {
        const r = x.isSkin ? null : ringAt(x.exact, x.exact.at[surae.index], y);
        if (r) flat(r, x.isMuscle ? x.mesh.material.color : x.name === 'achilles' ? this.c.tendon : this.c.bone, x.isMuscle ? 0.0006 : 0.001);
      }
    }
  }

  // The section under the tape, seen from above: front up, the right leg's outside to the right; before as a grey line.
  slice() {
    if (!this.svg || this.state.height == null) return;
    const side = this.sliceSide(), p = this.part[side], e = surae.index, y = p.leg.ankle + this.state.height / 100;
    const path = (r, cls) => {
      const d = this.el('path');
      d.setAttribute('d', 'M' + r.map(q => (1000 * (q[1])).toFixed(1) + ' ' + (-1000 * q[0]).toFixed(1)).join('L') + 'Z');
      Object.entries(cls).forEach(([k, v]) => d.setAttribute(k, v));
      this.svg.append(d);
      return d;
    };
    this.svg.replaceChildren();
    const title = this.el('title');
    title.textContent = say('slice.title');
    this.svg.append(title);
    const css = c => '#' + c.getHexString();
    const skin = ringAt(p.skin.s, p.skin.s.at[e], y), was = ringAt(p.skin.s, p.skin.s.at[0], y);
    if (!skin || !was) return;
    const mx = was.reduce((t, q) => t + 1000 * q[1] / was.length, 0), my = was.reduce((t, q) => t - 1000 * q[0] / was.length, 0);
    this.svg.setAttribute('viewBox', `${(mx - 66).toFixed(1)} ${(my - 66).toFixed(1)} 132 132`);
    path(skin, {style: `fill:${this.c.isDark ? '#6f6140' : '#f6ebc8'};stroke:${css(this.c.rim)};stroke-width:.8`});
    // bones last: layers are measured from their far side
    for (const x of [...p.parts].sort((a, b) => /tibia|fibula/.test(a.name) - /tibia|fibula/.test(b.name))) {
      if (x.isSkin) continue;
      const r = ringAt(x.exact, x.exact.at[e], y);
      if (!r) continue;
      const colour = x.isMuscle ? muscleColour(x.name, p.leg.innervated[x.name]?.[e] ?? 1, this.c) : x.name === 'achilles' ? this.c.tendon : this.c.bone;
      const drawn = path(r, {style: `fill:${css(colour)};stroke:${css(colour.clone().lerp(new THREE.Color(this.c.isDark ? '#000000' : '#ffffff'), 0.45))};stroke-width:.7;stroke-linejoin:round`});
      const t = this.el('title');
      t.textContent = p.leg.label[x.name]?.[surae.lang()] || say('part.' + x.name);
      drawn.append(t);
    }
    if (this.state.ghost !== 'off' && e > 0) path(was, {style: `fill:none;stroke:${css(this.c.before)};stroke-width:1;stroke-dasharray:3 2`});
    path(hull(skin), {style: `fill:none;stroke:${css(this.c.after)};stroke-width:1.4`});
    for (const [id, x, yy, anchor] of [['front', 0, -60, 'middle'], ['back', 0, 63, 'middle'], [side === 'right' ? 'inner' : 'outer', -64, -52, 'start'], [side === 'right' ? 'outer' : 'inner', 64, -52, 'end']]) {
      const t = this.el('text');
      t.setAttribute('x', mx + x);
      t.setAttribute('y', my + yy);
      t.setAttribute('style', `text-anchor:${anchor};font-size:5px;fill:${css(this.c.soft)}`);
      t.textContent = say('dir.' + id);
      this.svg.append(t);
    }
    const now = this.girthOf(p, e), before = this.girthOf(p, 0);
    this.girth = now;
    this.said.replaceChildren();
    if (now != null) this.said.append(say('legs.' + side) + ' · ', make('b', {id: 'sr-girth'}, number(now, 1) + ' cm'), ' ', e > 0 ? say('girth.was', number(before, 1)) : '', ' · ', say('girth.above', number(this.state.height, 1)));
    this.svg.setAttribute('aria-label', this.said.textContent);
  }

  // The number hangs beside each tape.
  label() {
    for (const side of ['left', 'right']) {
      const p = this.part[side];
      let tag = this.tags[side];
      if (!tag) this.stage.box.append(tag = this.tags[side] = make('span', {class: 'tape', 'aria-hidden': 'true'}));
      const now = this.girthOf(p, surae.index);
      tag.hidden = !p.holder.visible || !p.edge || now == null || (this.state.leg === 'both' && /inside|outside/.test(this.state.view));
      if (tag.hidden) continue;
      const text = number(now, 1), which = this.state.leg === 'both' ? say('side.' + side) + ' ' : '';
      if (tag.dataset.text !== which + text) { tag.dataset.text = which + text; tag.replaceChildren(make('s', {}, which), make('b', {}, text), ' cm'); }
      // the outermost point of the tape as it is seen
      let best = null;
      const isLeftOnScreen = this.stage.onBox(p.holder.localToWorld(p.middle.clone().add(p.group.position)))[0] < this.stage.box.clientWidth / 2;
      const toLeft = this.state.leg === 'both' && isLeftOnScreen;
      for (const q of p.edge) {
        const s = this.stage.onBox(p.holder.localToWorld(new THREE.Vector3(q[0], p.middle.y, q[1]).add(p.group.position)));
        if (!best || (toLeft ? s[0] < best[0] : s[0] > best[0])) best = s;
      }
      const w = tag.offsetWidth || 64;
      tag.style.left = Math.max(4, Math.min(this.stage.box.clientWidth - w - 4, toLeft ? best[0] - w - 10 : best[0] + 10)) + 'px';
      tag.style.top = best[1] + 'px';
    }
  }
}

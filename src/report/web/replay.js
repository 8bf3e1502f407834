// Movements in 3D: before beside or over the week of the timeline, muscles by activation, forces of the ground.
import * as THREE from 'three';
import {Body, POINT, SIDE, Take} from './body.js';
import {colours} from './look.js';
import {Stage, choice} from './stage.js';

const surae = window.surae, {make, say, number} = surae, GRAVITY = 9.80665;
const still = matchMedia('(prefers-reduced-motion: reduce)');

// A soft disc: white in the middle, black at the edge.
let soft = null;
function disc() {
  if (soft) return soft;
  const c = document.createElement('canvas');
  c.width = c.height = 64;
  const x = c.getContext('2d'), g = x.createRadialGradient(32, 32, 0, 32, 32, 32);
  g.addColorStop(0, '#fff');
  g.addColorStop(0.55, '#aaa');
  g.addColorStop(1, '#000');
  x.fillStyle = g;
  x.fillRect(0, 0, 64, 64);
  return (soft = new THREE.CanvasTexture(c));
}

export class Replay {
  constructor(parent, legs) {
    this.legs = legs;
    this.moves = surae.data.moves.filter(m => m.takes.length);
    this.state = {move: Math.max(0, this.moves.findIndex(m => m.takes[0].frames > 1)), how: 'beside', view: 'quarter', speed: 0.25, forces: true};
    this.time = 0;
    this.isOn = false;
    this.bodies = [];
    this.takes = new Map();
    this.intervals = [];
    parent.append(make('h3', {'data-say': 'move.title'}));
    this.stage = new Stage(parent, 'move', {smooth: false});
    this.stage.canvas.id = 'sr-move-canvas';
    // words stand above the canvas and not on it, which would cost as much as the drawing
    this.heads = make('div', {class: 'heads'});
    this.stage.box.before(this.heads);
    this.c = colours();
    this.ground();
    this.controls(parent);
    this.stage.onFrame = t => this.step(t);
    this.stage.onPainted = () => this.label();
    this.load();
    document.addEventListener('surae:week', () => this.load(true));
    document.addEventListener('surae:lang', () => { this.names(); this.words(); });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { this.c = colours(); this.ground(); this.load(); this.words(); });
  }

  get move() { return this.moves[this.state.move]; }

  take(t) {
    if (!this.takes.has(t)) this.takes.set(t, new Take(t, surae.data.muscles.length));
    return this.takes.get(t);
  }

  // The movement of before, and that of the week or of the last week before it that has one.
  chosen() {
    const i = surae.index, takes = this.move.takes, before = takes.find(t => t.epoch === 0) || null;
    const after = [...takes].reverse().find(t => t.epoch <= i && t.epoch > 0) || null;
    return {before, after: i === 0 ? null : after};
  }

  load(keep) {
    const s = this.state, {before, after} = this.chosen(), both = before && after;
    const list = [];
    if (before && (!both || s.how !== 'after')) list.push(before);
    if (after && (!both || s.how !== 'before')) list.push(after);
    for (const b of this.bodies) { b.body.dispose(); b.holder.removeFromParent(); }
    this.bodies = list.map(t => {
      const isBefore = t.epoch === 0, take = this.take(t);
      const body = new Body(this.legs, t.epoch, surae.data.muscles, this.c, isBefore ? this.c.before : this.c.after, surae.data.height_m, surae.data.rest, this.stage.isPlain);
      const holder = new THREE.Group();
      holder.add(body.group);
      this.stage.scene.add(holder);
      const arrows = ['left', 'right'].map(() => this.arrow(holder));
      const shades = [0, 1, 2].map(() => { const m = this.shade(); holder.add(m); return m; });
      return {take, body, holder, arrows, shades, isBefore};
    });
    if (!keep) this.time = 0;
    this.T = Math.max(0.001, ...this.bodies.map(b => b.take.seconds));
    const moves = this.bodies.some(b => b.take.frames > 1);
    this.play.disabled = this.slider.disabled = !moves;
    if (!moves) this.run(false);
    this.arrange(keep);
    this.tags();
    this.show();
    this.stage.canvas.setAttribute('aria-label', say('move.aria', this.move.label[surae.lang()], surae.label(surae.index)));
  }

  // An arrow along y of length 1, to be stretched.
  arrow(holder) {
    const material = new THREE.MeshBasicMaterial({color: this.c.isDark ? '#f0b429' : '#b07900'}), g = new THREE.Group();
    const shaft = new THREE.Mesh(new THREE.CylinderGeometry(0.007, 0.007, 1, 8).translate(0, 0.5, 0), material);
    const head = new THREE.Mesh(new THREE.ConeGeometry(0.022, 0.06, 12).translate(0, 0.03, 0), material);
    g.add(shaft, head);
    holder.add(g);
    return {g, shaft, head};
  }

  // A floor with a line every quarter of a metre that goes by, and soft shadows.
  ground() {
    this.floor?.removeFromParent();
    const c = this.c, g = this.floor = new THREE.Group();
    const plane = new THREE.Mesh(new THREE.PlaneGeometry(6.4, 3.4), new THREE.MeshBasicMaterial({color: c.floor, alphaMap: disc(), transparent: true, depthWrite: false}));
    plane.rotation.x = -Math.PI / 2;
    plane.position.y = -0.002;
    plane.renderOrder = -3;
    const v = [];
    for (let x = -2; x <= 2; x += 0.25) v.push(x, 0, -0.8, x, 0, 0.8);
    const lines = this.lines = new THREE.LineSegments(new THREE.BufferGeometry().setAttribute('position', new THREE.Float32BufferAttribute(v, 3)), new THREE.LineBasicMaterial({color: c.line, transparent: true, opacity: 0.9}));
    lines.renderOrder = -2;
    this.shade = () => {
      const m = new THREE.Mesh(new THREE.PlaneGeometry(1, 1), new THREE.MeshBasicMaterial({color: c.isDark ? '#000000' : '#6b6459', alphaMap: disc(), transparent: true, opacity: 0.42, depthWrite: false}));
      m.rotation.x = -Math.PI / 2;
      m.renderOrder = -1;
      return m;
    };
    // the wide soft floor costs a fifth of a frame without a graphics card: lines and shadows tell where it is
    plane.visible = !this.stage.isPlain;
    g.add(plane, lines);
    this.stage.scene.add(g);
    if (this.stage.isPlain) this.stage.scene.background = c.card;
  }

  controls(parent) {
    const s = this.state, box = make('div', {class: 'ctls'});
    this.task = make('select', {id: 'sr-task', 'data-say-label': 'move.task'});
    this.moves.forEach((m, i) => this.task.append(make('option', {value: i})));
    this.task.value = s.move;
    this.task.addEventListener('change', () => { s.move = +this.task.value; this.load(); });
    this.play = make('button', {type: 'button', class: 'btn', id: 'sr-play'});
    this.play.addEventListener('click', () => this.run(!this.isOn));
    this.slider = make('input', {type: 'range', min: 0, max: 1000, value: 0, 'data-say-label': 'move.slider'});
    this.slider.addEventListener('input', () => { this.run(false); this.time = this.slider.value / 1000 * this.T * (this.move.loop ? 0.9999 : 1); this.show(); });
    this.clock = make('output', {});
    this.speed = make('select', {'data-say-label': 'move.speed'});
    for (const [v, id] of [[1, 'real'], [0.5, 'half'], [0.25, 'quarter'], [0.1, 'tenth']]) this.speed.append(make('option', {value: v, 'data-say': 'speed.' + id}));
    this.speed.value = s.speed;
    this.speed.addEventListener('change', () => { s.speed = +this.speed.value; });
    const forces = make('button', {type: 'button', class: 'btn', 'data-say': 'forces', 'aria-pressed': true});
    forces.addEventListener('click', () => { s.forces = !s.forces; forces.setAttribute('aria-pressed', s.forces); this.show(); });
    box.append(
      make('label', {class: 'ctl'}, make('span', {'data-say': 'move.task'}), this.task),
      make('div', {class: 'play-row'}, this.play, this.slider, this.clock),
      make('label', {class: 'ctl'}, make('span', {'data-say': 'move.speed'}), this.speed),
      choice('how', ['beside', 'over', 'before', 'after'], id => 'how.' + id, s.how, id => { s.how = id; this.load(true); }),
      choice('view', ['side', 'quarter', 'front'], id => 'cam.' + id, s.view, id => { s.view = id; this.arrange(); this.show(); }),
      make('fieldset', {class: 'seg'}, make('legend', {'data-say': 'show'}), forces));
    parent.append(box);
    this.legend = make('p', {class: 'legend'});
    parent.append(this.legend, make('p', {class: 'note', 'data-say': 'move.note'}));
    this.names();
    this.words();
    this.run(false);
  }
  names() { [...this.task.options].forEach((o, i) => { o.textContent = this.moves[i].label[surae.lang()]; }); }
  words() {
    const css = x => '#' + x.getHexString(), c = this.c;
    // the ramp goes with the square root, so that weak activity can be seen
    this.legend.replaceChildren(
      make('span', {}, say('act.none'), make('i', {class: 'ramp', style: `background:linear-gradient(90deg,${css(c.idle)},${css(c.idle.clone().lerp(c.active, 0.707))} 50%,${css(c.active)})`}), say('act.full')),
      make('span', {}, make('i', {style: 'background:' + css(c.lost)}), say('nonerve')),
      make('span', {}, make('i', {style: 'background:' + (c.isDark ? '#f0b429' : '#b07900')}), say('force.scale')));
    this.run(this.isOn);
    this.tags();
    this.show();
  }

  tags() {
    this.labelled = '';
    this.heads.replaceChildren();
    for (const b of this.bodies) {
      const where = b.take.epoch, word = surae.label(where);
      b.tag = make('span', {class: 'tag ' + (b.isBefore ? 'b' : 'a')}, word);
      if (!b.isBefore && where !== surae.index) b.tag.append(make('small', {}, surae.data.epochs[where].when === 'after' ? say('move.last_after') : say('move.last', word)));
      if (b.take.best) b.tag.append(make('small', {}, say('move.best')));
      this.heads.append(b.tag);
    }
  }
  label() {
    // nothing of it moves while the eye rests
    const e = this.stage.eye, key = [e.turn, e.lift, ...e.at.toArray(), this.stage.zoom, this.stage.box.clientWidth, this.stage.box.clientHeight].join();
    if (key === this.labelled) return;
    this.labelled = key;
    const over = this.state.how === 'over' && this.bodies.length > 1;
    this.bodies.forEach((b, i) => {
      if (!b.tag) return;
      const [x] = this.stage.onBox(b.holder.position.clone().add(new THREE.Vector3(this.middle, 1, 0)));
      const w = this.stage.box.clientWidth, half = b.tag.offsetWidth / 2 + 6;
      const left = Math.round(Math.max(half, Math.min(w - half, x + (over ? (i - 0.5) * 130 : 0)))) + 'px';
      if (b.tag.style.left !== left) b.tag.style.left = left;
    });
  }

  // Bodies part sideways as the eye sees them.
  arrange(keep) {
    const s = this.state, near = this.move.task.includes('legs=left') || this.move.task.includes('leg=left') ? -1 : 1;
    const turn = {side: near * Math.PI / 2, quarter: near * 0.62, front: 0}[s.view];
    const right = new THREE.Vector3(Math.sin(turn), 0, -Math.cos(turn));
    let lo = 1e9, hi = -1e9, top = 0;
    for (const b of this.bodies) { const e = b.take.extent(); lo = Math.min(lo, e.lo); hi = Math.max(hi, e.hi); top = Math.max(top, e.top); }
    if (!this.bodies.length) return;
    this.middle = 0.5 * (lo + hi);
    const along = Math.abs(right.x), room = along * (hi - lo + 0.25) + (1 - along) * 0.62, apart = this.bodies.length > 1 && s.how === 'beside' ? Math.max(0.72, room) : 0;
    this.bodies.forEach((b, i) => b.holder.position.copy(right).multiplyScalar((i - 0.5) * apart * (this.bodies.length > 1 ? 1 : 0)));
    const look = {turn, lift: s.view === 'side' ? 0.05 : 0.13, at: [this.middle, 0.47 * (top + 0.13), 0], wide: room + apart + 0.2, tall: top + 0.34};
    const key = JSON.stringify([look.turn, look.wide.toFixed(2), look.tall.toFixed(2), this.state.move, this.bodies.length]);
    if (keep && key === this.key) return;
    this.key = key;
    this.stage.look(look);
  }

  run(on) {
    this.isOn = on && this.bodies.some(b => b.take.frames > 1);
    this.last = 0;
    if (this.play) {
      this.play.textContent = this.isOn ? say('pause') : say('play');
      this.play.setAttribute('aria-pressed', this.isOn);
    }
    if (this.isOn) {
      if (!this.move.loop && this.time >= this.T) this.time = 0;
      this.stage.draw();
    }
  }

  step(now) {
    if (!this.isOn) { this.last = 0; return false; }
    if (this.last) {
      const d = now - this.last;
      this.intervals.push(d);
      if (this.intervals.length > 600) this.intervals.shift();
      this.time += Math.min(d / 1000, 0.1) * this.state.speed;
    }
    this.last = now;
    const end = this.T + 0.5 * this.state.speed;
    if (!this.move.loop && this.time > end) this.time = 0;
    if (still.matches && this.time > this.T) { this.time = this.T * 0.9999; this.run(false); }
    this.pose();
    return this.isOn;
  }
  show() { this.pose(); this.stage.draw(); }

  pose() {
    const loop = this.move.loop;
    let first = 0;
    this.bodies.forEach((b, i) => {
      const T = b.take.seconds || 1, phase = loop ? (this.time / T) % 1 : Math.min(1, this.time / T), f = b.body.move(b.take, phase);
      if (i === this.bodies.length - 1) this.lines.position.x = -((phase * b.take.way) % 0.25);
      if (i === 0) first = phase;
      // soft shadows under the feet and under the trunk, the paler the higher
      b.shades.forEach((m, k) => {
        const o = k * SIDE, isFoot = k < 2, x = isFoot ? 0.5 * (f[o + POINT.heel] + f[o + POINT.toejoint]) : f[30];
        const up = isFoot ? Math.max(0, Math.min(f[o + POINT.heel + 1], f[o + POINT.toejoint + 1]) - 0.02) : 0.3;
        m.position.set(x, 0.001 + 0.0002 * k, isFoot ? (k === 0 ? -1 : 1) * b.body.hip : 0);
        m.scale.set(isFoot ? 0.36 : 0.8, isFoot ? 0.16 : 0.55, 1);
        m.material.opacity = 0.5 * Math.exp(-4 * up);
      });
      b.arrows.forEach((a, k) => {
        const o = k * SIDE, fx = f[o + POINT.fx], fy = f[o + POINT.fy], size = Math.hypot(fx, fy);
        a.g.visible = this.state.forces && fy >= 20;
        if (!a.g.visible) return;
        const long = 0.45 * size / (surae.data.mass_kg * GRAVITY);
        a.g.position.set(f[o + POINT.cop], 0.004, (k === 0 ? -1 : 1) * b.body.hip);
        a.g.rotation.z = Math.atan2(-fx, fy);
        a.shaft.scale.y = Math.max(0.01, long - 0.05);
        a.head.position.y = Math.max(0, long - 0.055);
      });
    });
    this.phase = first;
    // while it plays the page beside the canvas is painted eight times a second: without a graphics card that costs most
    const now = performance.now();
    if (this.isOn && now - (this.told || 0) < 120) return;
    this.told = now;
    const t = loop ? this.time % (this.bodies[0]?.take.seconds || 1) : Math.min(this.time, this.T);
    this.slider.value = Math.round(1000 * (loop ? first : Math.min(1, this.time / this.T)));
    this.clock.textContent = this.bodies.some(b => b.take.frames > 1) ? number(t, 2) + ' s' : '';
  }
}

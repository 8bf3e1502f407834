// A canvas with an eye that can be turned: drag, arrow keys, + and -; pinch or Ctrl and wheel to come nearer. It draws
// when asked, and not at all while it is out of sight.
import * as THREE from 'three';
import {lamps} from './look.js';

const {make} = window.surae;

let software = null;
// A renderer without a graphics card gets one pixel per pixel.
export function isSoftware(gl) {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return /swiftshader|llvmpipe|software|basic render/i.test(info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : '');
}
export function webgl() {
  if (software !== null) return true;
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return false;
  software = isSoftware(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return true;
}

export class Stage {
  constructor(parent, kind, {smooth = true} = {}) {
    this.canvas = make('canvas', {tabindex: 0, role: 'img'});
    this.box = make('div', {class: 'stage ' + kind}, this.canvas);
    parent.append(this.box);
    this.renderer = new THREE.WebGLRenderer({canvas: this.canvas, antialias: smooth || !software, alpha: smooth || !software, powerPreference: 'high-performance'});
    this.renderer.setPixelRatio(software ? 1 : Math.min(devicePixelRatio, 2));
    this.renderer.localClippingEnabled = true;
    // without a graphics card what moves is opaque and has plain corners: the page is put together faster
    this.isPlain = software && !smooth;
    this.box.classList.toggle('plain', this.isPlain);
    if (!this.isPlain) this.renderer.setClearAlpha(0);
    this.scene = new THREE.Scene();
    this.rig = lamps(this.scene);
    this.camera = new THREE.PerspectiveCamera(24, 1, 0.05, 60);
    this.eye = {turn: 0, lift: 0.08, away: 2, at: new THREE.Vector3()};
    this.goal = null;
    this.isSeen = false;
    this.onFrame = null;
    this.pending = 0;
    this.listen();
    this.sizer = new ResizeObserver(() => this.resize());
    this.sizer.observe(this.box);
    new IntersectionObserver(list => {
      this.isSeen = list[list.length - 1].isIntersecting;
      if (this.isSeen) this.draw();
    }, {rootMargin: '60px'}).observe(this.box);
    this.canvas.addEventListener('webglcontextlost', e => e.preventDefault());
    this.canvas.addEventListener('webglcontextrestored', () => this.draw());
    this.resize();
  }

  listen() {
    const held = new Map(), c = this.canvas;
    let gap = 0;
    c.addEventListener('pointerdown', e => { held.set(e.pointerId, e); c.setPointerCapture(e.pointerId); gap = 0; });
    const up = e => { held.delete(e.pointerId); gap = 0; };
    c.addEventListener('pointerup', up);
    c.addEventListener('pointercancel', up);
    c.addEventListener('pointermove', e => {
      const was = held.get(e.pointerId);
      if (!was) return;
      held.set(e.pointerId, e);
      if (held.size === 2) {
        const [a, b] = [...held.values()], now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        if (gap) this.nearer(gap / now);
        gap = now;
      } else this.rotate(-(e.clientX - was.clientX) * 0.008, (e.clientY - was.clientY) * 0.006);
    });
    c.addEventListener('wheel', e => {
      if (!e.ctrlKey) return;
      e.preventDefault();
      this.nearer(Math.exp(e.deltaY * 0.004));
    }, {passive: false});
    c.addEventListener('keydown', e => {
      const step = {ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, 0.08], ArrowDown: [0, -0.08]}[e.key];
      if (step) this.rotate(...step);
      else if (e.key === '+' || e.key === '=') this.nearer(0.88);
      else if (e.key === '-') this.nearer(1.14);
      else return;
      e.preventDefault();
    });
  }
  rotate(turn, lift) {
    this.goal = null;
    this.eye.turn += turn;
    this.eye.lift = Math.max(-0.5, Math.min(1.2, this.eye.lift + lift));
    this.draw();
  }
  nearer(by) {
    this.goal = null;
    this.zoom = Math.max(0.35, Math.min(2.2, (this.zoom || 1) * by));
    this.draw();
  }

  // Looks at `at` from an angle; glides there unless motion is to be reduced.
  look({turn, lift = 0.08, at, wide, tall}) {
    this.frame = {wide, tall};
    this.zoom = 1;
    const e = this.eye, goal = {turn, lift, at: new THREE.Vector3(...at)};
    // the short way round
    while (goal.turn - e.turn > Math.PI) e.turn += 2 * Math.PI;
    while (goal.turn - e.turn < -Math.PI) e.turn -= 2 * Math.PI;
    if (!this.hasLooked || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      Object.assign(e, goal);
      this.hasLooked = true;
    } else this.goal = goal;
    this.draw();
  }

  resize() {
    const w = this.box.clientWidth, h = this.box.clientHeight;
    if (!w || !h) return;
    this.renderer.setSize(w, h, false);
    this.camera.aspect = w / h;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  draw() {
    if (!this.pending) this.pending = requestAnimationFrame(t => { this.pending = 0; this.paint(t); });
  }

  place() {
    const e = this.eye, f = this.frame || {wide: 1, tall: 1}, half = Math.tan(this.camera.fov * Math.PI / 360);
    const away = Math.max(f.tall / 2 / half, f.wide / 2 / half / this.camera.aspect) * 1.06 * (this.zoom || 1);
    this.camera.position.set(e.at.x + away * Math.cos(e.lift) * Math.cos(e.turn), e.at.y + away * Math.sin(e.lift), e.at.z + away * Math.cos(e.lift) * Math.sin(e.turn));
    this.camera.lookAt(e.at);
    this.rig.position.copy(e.at);
    this.rig.quaternion.copy(this.camera.quaternion);
  }

  paint(time) {
    if (!this.isSeen) return;
    let again = this.onFrame ? this.onFrame(time) : false;
    if (this.goal) {
      const e = this.eye, g = this.goal, k = 0.18;
      e.turn += k * (g.turn - e.turn);
      e.lift += k * (g.lift - e.lift);
      e.at.lerp(g.at, k);
      if (Math.abs(g.turn - e.turn) + Math.abs(g.lift - e.lift) + e.at.distanceTo(g.at) < 2e-3) this.goal = null;
      again = true;
    }
    this.place();
    const begin = performance.now();
    this.renderer.render(this.scene, this.camera);
    this.cost = performance.now() - begin;
    this.onPainted?.();
    if (again) this.draw();
  }

  // Where a place is on the box, in pixels.
  onBox(v) {
    const p = v.clone().project(this.camera);
    return [(p.x * 0.5 + 0.5) * this.box.clientWidth, (0.5 - p.y * 0.5) * this.box.clientHeight];
  }
}

// Buttons of which one is pressed.
export function choice(legend, ids, word, chosen, pick) {
  const box = make('fieldset', {class: 'seg'}, make('legend', {'data-say': legend}));
  const buttons = ids.map(id => {
    const b = make('button', {type: 'button', 'data-say': word(id), 'data-id': id, 'aria-pressed': id === chosen});
    b.addEventListener('click', () => set(id));
    box.append(b);
    return b;
  });
  function set(id, quiet) {
    buttons.forEach(b => b.setAttribute('aria-pressed', b.dataset.id === id));
    if (!quiet) pick(id);
  }
  box.set = set;
  return box;
}

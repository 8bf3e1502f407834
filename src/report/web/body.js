// A walking body: glass legs with their own calf muscles inside, thighs with muscles drawn as spindles, a plain trunk.
// The motion is planar, so a vertex is turned about joints in the plane of x (forward) and y (up) and keeps its z.
// Trunk, head, arms and the places of the muscles of thigh and hip are drawn by hand in parts of the body's size
// (assumption: for the eye alone; nothing is computed from them).
import * as THREE from 'three';
import {bytes, shorts, tapered, thinned, trianglesOf} from './data.js';
import {glass, matte} from './look.js';

const SIDE = 15, NUMBERS = 36;
const POINT = {hip: 0, knee: 2, ankle: 4, heel: 6, toejoint: 8, toetip: 10, cop: 12, fx: 13, fy: 14};
const MIDDLE = {pelvis: 30, lumbar: 32, head: 34};
const CALF = ['soleus', 'gasmed', 'gaslat', 'tibant', 'edl', 'perlong'];
const smooth = t => { const x = Math.min(1, Math.max(0, t)); return x * x * (3 - 2 * x); };

// A take unpacked; frame(phase) gives its numbers between two frames.
export class Take {
  constructor(take, nmuscle) {
    for (const k of ['epoch', 'frames', 'seconds', 'way', 'best']) this[k] = take[k];
    this.numbers = shorts(take.at);
    this.activation = bytes(take.act);
    this.nact = 2 * nmuscle;
    this.now = new Float32Array(NUMBERS);
    this.act = new Float32Array(this.nact);
  }
  frameAt(phase) {
    const x = Math.min(0.999999, Math.max(0, phase)) * (this.frames - 1), k = Math.floor(x), u = x - k, n = this.numbers;
    const a = k * NUMBERS, b = Math.min(k + 1, this.frames - 1) * NUMBERS;
    for (let i = 0; i < NUMBERS; i++) this.now[i] = n[a + i] + u * (n[b + i] - n[a + i]);
    for (let s = 0; s < 2; s++) {
      // a force that begins or ends between two frames has no place there
      const o = s * SIDE;
      if (!n[a + o + POINT.fy] || !n[b + o + POINT.fy]) this.now[o + POINT.fy] = 0;
    }
    for (let i = 0; i < NUMBERS; i++) if (![POINT.fx, POINT.fy, SIDE + POINT.fx, SIDE + POINT.fy].includes(i)) this.now[i] *= 1e-4;
    const p = k * this.nact, q = Math.min(k + 1, this.frames - 1) * this.nact;
    for (let i = 0; i < this.nact; i++) this.act[i] = (this.activation[p + i] + u * (this.activation[q + i] - this.activation[p + i])) / 255;
    return this.now;
  }
  // What room it takes: forward and up [m].
  extent() {
    let lo = 1e9, hi = -1e9, top = 0;
    for (let f = 0; f < this.frames; f++)
      for (let i = 0; i < NUMBERS; i++) {
        const k = i >= 30 ? i - 30 : i % SIDE;
        if (i < 30 && k >= 12) continue;
        const v = this.numbers[f * NUMBERS + i] * 1e-4;
        if (k % 2 === 0) { lo = Math.min(lo, v); hi = Math.max(hi, v); } else top = Math.max(top, v);
      }
    return {lo, hi, top};
  }
}

// Many small surfaces as one mesh with colours at its vertices.
class Merged {
  constructor(material) {
    this.position = []; this.normal = []; this.index = []; this.ranges = [];
    this.material = material;
  }
  add(name, position, normal, index) {
    const base = this.position.length / 3;
    this.ranges.push({name, begin: base, count: position.length / 3});
    for (const x of position) this.position.push(x);
    for (const x of normal) this.normal.push(x);
    for (const i of index) this.index.push(base + i);
  }
  build() {
    const g = this.geometry = new THREE.BufferGeometry();
    this.rest = new Float32Array(this.position);
    this.restNormal = new Float32Array(this.normal);
    g.setAttribute('position', new THREE.BufferAttribute(this.rest.slice(), 3).setUsage(THREE.DynamicDrawUsage));
    g.setAttribute('normal', new THREE.BufferAttribute(this.restNormal.slice(), 3).setUsage(THREE.DynamicDrawUsage));
    g.setAttribute('color', new THREE.BufferAttribute(new Float32Array(this.rest.length).fill(1), 3).setUsage(THREE.DynamicDrawUsage));
    g.setIndex(this.index);
    g.boundingSphere = new THREE.Sphere(new THREE.Vector3(), 100);
    this.mesh = new THREE.Mesh(g, this.material);
    this.mesh.frustumCulled = false;
    return this.mesh;
  }
  paint(name, r, g, b) {
    const c = this.geometry.attributes.color;
    for (const x of this.ranges) if (x.name === name) for (let i = x.begin; i < x.begin + x.count; i++) c.setXYZ(i, r, g, b);
    c.needsUpdate = true;
  }
}

function normalsOf(position, index) {
  const g = new THREE.BufferGeometry();
  g.setAttribute('position', new THREE.BufferAttribute(position, 3));
  g.setIndex(index);
  g.computeVertexNormals();
  return g.attributes.normal.array;
}

// Muscles of thigh and hip: points on pelvis (P: from the hip, in parts of the thigh's length), thigh (T: down from the
// hip, forward) and shank (S: down from the knee, forward); greatest radius in parts of the thigh's length.
const SPINDLES = {
  iliopsoas: {path: [['P', 0.10, 0.34], ['P', 0.10, 0.02], ['T', 0.16, 0.0]], radius: 0.055, z: 0.10},
  glutmax: {path: [['P', -0.20, 0.24], ['P', -0.19, 0.0], ['T', 0.24, -0.05]], radius: 0.095, z: 0.02},
  hamstrings: {path: [['P', -0.12, -0.12], ['T', 0.5, -0.13], ['T', 0.9, -0.10], ['S', 0.10, -0.06]], radius: 0.098, z: 0.02},
  recfem: {path: [['P', 0.12, 0.10], ['T', 0.45, 0.16], ['T', 0.92, 0.12], ['S', 0.06, 0.10]], radius: 0.06, z: 0.0},
  vasti: {path: [['T', 0.12, 0.05], ['T', 0.55, 0.10], ['T', 0.92, 0.10], ['S', 0.06, 0.10]], radius: 0.112, z: -0.03},
  bfsh: {path: [['T', 0.45, -0.04], ['T', 0.75, -0.09], ['S', 0.06, -0.08]], radius: 0.046, z: -0.10},
};
const SPINDLE_RINGS = 11, SPINDLE_POINTS = 8;

// Trunk as rings: share of the way, half breadth, half depth, forward shift, in parts of the height.
const TRUNK = [
  [0.00, 0.070, 0.040, -0.006], [0.045, 0.099, 0.064, -0.014], [0.15, 0.105, 0.074, -0.014], [0.25, 0.098, 0.064, 0.002], [0.40, 0.078, 0.054, 0.012],
  [0.55, 0.079, 0.056, 0.014], [0.72, 0.092, 0.063, 0.010], [0.84, 0.104, 0.056, 0.004], [0.91, 0.104, 0.044, 0.000], [0.955, 0.068, 0.036, -0.002],
  [0.985, 0.038, 0.032, 0.000], [1.02, 0.032, 0.032, 0.003], [1.10, 0.032, 0.034, 0.006]];
const TRUNK_POINTS = 22;

export class Body {
  // isCoarse: without a graphics card vertices cost most, so that half of them or fewer must do
  constructor(legs, epoch, muscles, look, colour, height, rest, isCoarse) {
    this.isCoarse = isCoarse;
    this.legs = legs; this.epoch = epoch; this.muscles = muscles; this.c = look; this.height = height; this.rest = rest;
    this.group = new THREE.Group();
    this.hip = 0.052 * height;  // half the distance of the hip joints
    this.skinColour = colour;
    const solid = colour.clone().lerp(new THREE.Color(look.isDark ? '#3a3f46' : '#f2efe9'), 0.62);
    this.solid = matte({color: solid});
    this.skinColour = colour;
    this.flesh = matte({vertexColors: true, side: THREE.FrontSide});
    this.glass = glass({colour: colour.clone().lerp(new THREE.Color('#ffffff'), look.isDark ? 0.1 : 0.35), rim: colour, least: 0.07, most: 0.85, power: 1.5});
    this.bone = matte({color: look.bone});
    this.leg = {};
    this.buildTrunk();
    for (const side of ['left', 'right']) this.leg[side] = null;
  }

  // Built with the first frame, which tells the length of the thigh and where the toes bend.
  buildLeg(side, frame) {
    const leg = this.legs?.[side], o = side === 'left' ? 0 : SIDE, isLeft = side === 'left';
    const P = k => [frame[o + POINT[k]], frame[o + POINT[k] + 1]];
    const [hip, knee, ankle, heel, joint] = ['hip', 'knee', 'ankle', 'heel', 'toejoint'].map(P);
    const thigh = Math.hypot(hip[0] - knee[0], hip[1] - knee[1]);
    const shank = Math.hypot(knee[0] - ankle[0], knee[1] - ankle[1]);
    const foot = Math.atan2(joint[1] - heel[1], joint[0] - heel[0]) - this.rest.foot;
    const dx = joint[0] - ankle[0], dy = joint[1] - ankle[1], c = Math.cos(-foot), s = Math.sin(-foot);
    const x = {side, o, isLeft, thigh, shank, ankleY: leg ? leg.ankle : 0.065, z: (isLeft ? -1 : 1) * this.hip, toeX: c * dx - s * dy, toeY: s * dx + c * dy};
    x.kneeY = x.ankleY + (leg ? leg.shank : shank);
    const skin = new Merged(this.glass), flesh = new Merged(this.flesh), bone = new Merged(this.bone);
    if (leg) {
      for (const whole of leg.surfaces) {
        const surface = this.drawn(whole);
        if (surface.name === 'skin') this.addSkin(skin, surface, x);
        else if (surface.name === 'tibia' || surface.name === 'fibula' || surface.name === 'achilles' || CALF.includes(surface.name)) {
          const at = surface.at[this.epoch], index = trianglesOf(surface, isLeft);
          const to = surface.name === 'tibia' || surface.name === 'fibula' ? bone : flesh;
          to.add(surface.name, at, normalsOf(at, index), index);
        }
      }
    }
    for (const name of Object.keys(SPINDLES)) {
      const n = SPINDLE_RINGS * SPINDLE_POINTS, index = trianglesOf({rings: SPINDLE_RINGS, points: SPINDLE_POINTS}, false);
      flesh.add(name, new Float32Array(3 * n), new Float32Array(3 * n), index);
    }
    x.parts = [[flesh, 1], [bone, 0], [skin, 4]].filter(([m]) => m.position.length);
    for (const [m, order] of x.parts) {
      const mesh = m.build();
      mesh.renderOrder = order;
      this.group.add(mesh);
      this.weigh(m, x);
    }
    x.flesh = flesh;
    flesh.paint('achilles', this.c.tendon.r, this.c.tendon.g, this.c.tendon.b);
    this.leg[side] = x;
  }

  // As it is drawn in a movement, made once for all epochs.
  drawn(surface) {
    if (!surface.drawn) {
      const isCalf = CALF.includes(surface.name), slim = isCalf ? tapered(surface) : surface;
      surface.drawn = this.isCoarse ? thinned(slim, surface.name === 'skin' ? 1 : 2) : slim;
    }
    return surface.drawn;
  }

  // The skin of the leg goes on upwards to the hip.
  addSkin(out, surface, x) {
    const n = surface.points, at = surface.at[this.epoch], EXTRA = this.isCoarse ? 5 : 7, rings = surface.rings + EXTRA;
    const wide = new Float32Array(rings * n * 3), top = x.kneeY + x.thigh + 0.05;
    let cx = 0, cz = 0;
    for (let i = 0; i < n; i++) { cx += at[3 * i] / n; cz += at[3 * i + 2] / n; }
    for (let r = 0; r < EXTRA; r++) {
      const t = 1 - r / EXTRA, grow = (1 + 0.42 * Math.sin(0.5 * Math.PI * Math.min(1, 1.25 * t))) * (r === 0 ? 0.55 : r === 1 ? 0.92 : 1), y = at[1] + t * (top - at[1]);
      for (let i = 0; i < n; i++) {
        const k = 3 * (r * n + i);
        wide[k] = (1 - t) * cx + grow * (at[3 * i] - cx);
        wide[k + 1] = y;
        wide[k + 2] = (1 - 0.6 * t) * cz + grow * 0.96 * (at[3 * i + 2] - cz);
      }
    }
    wide.set(at, EXTRA * n * 3);
    const index = trianglesOf({rings, points: n}, x.isLeft);
    out.add('skin', wide, normalsOf(wide, index), index);
  }

  // How much of a vertex goes with thigh, foot and toes; the rest with the shank.
  weigh(m, x) {
    const n = m.rest.length / 3, w = m.weight = new Float32Array(3 * n), length = x.kneeY - x.ankleY;
    for (let i = 0; i < n; i++) {
      const px = m.rest[3 * i], py = m.rest[3 * i + 1], level = (x.kneeY - py) / length;
      w[3 * i] = level < 0 ? smooth(-level / 0.16 * 0.5 + 0.5) : smooth(0.5 - level / 0.16 * 0.5);
      const foot = smooth((level - 0.82) / 0.22);
      const toes = foot * smooth(0.5 + (px - x.toeX) / 0.04) * (level > 0.9 ? 1 : 0);
      w[3 * i + 1] = foot - toes;
      w[3 * i + 2] = toes;
    }
    m.skip = new Set(m.ranges.filter(r => r.name in SPINDLES));
  }

  buildTrunk() {
    const index = trianglesOf({rings: TRUNK.length, points: TRUNK_POINTS}, false), n = TRUNK.length * TRUNK_POINTS;
    const g = new THREE.BufferGeometry();
    g.setAttribute('position', new THREE.BufferAttribute(new Float32Array(3 * n), 3));
    g.setIndex(index);
    this.veil = glass({colour: this.solid.color, rim: this.solid.color.clone().lerp(this.skinColour, 0.25), least: 0.6, most: 0.97, power: 1.2});
    this.veil.depthWrite = true;
    this.trunk = new THREE.Mesh(g, this.veil);
    this.trunk.frustumCulled = false;
    this.trunk.renderOrder = 3;
    const h = this.height;
    this.upper = new THREE.Group();
    const head = new THREE.Mesh(new THREE.SphereGeometry(1, this.isCoarse ? 14 : 22, this.isCoarse ? 10 : 16), this.solid);
    head.scale.set(0.058 * h, 0.070 * h, 0.047 * h);
    this.head = head;
    // arms hang a little bent: capsules from the shoulder, in parts of the height
    for (const z of [-1, 1]) {
      const part = (a, b, radius) => {
        const A = new THREE.Vector3(...a).multiplyScalar(h), B = new THREE.Vector3(...b).multiplyScalar(h), d = B.clone().sub(A);
        const m = new THREE.Mesh(new THREE.CapsuleGeometry(radius * h, d.length(), this.isCoarse ? 2 : 4, this.isCoarse ? 8 : 10), this.solid);
        m.position.copy(A).addScaledVector(d, 0.5);
        m.quaternion.setFromUnitVectors(new THREE.Vector3(0, 1, 0), d.normalize());
        this.upper.add(m);
      };
      part([0, -0.030, z * 0.104], [-0.010, -0.175, z * 0.128], 0.025);
      part([-0.010, -0.175, z * 0.128], [0.040, -0.310, z * 0.130], 0.019);
      part([0.040, -0.310, z * 0.130], [0.062, -0.370, z * 0.126], 0.017);
    }
    this.group.add(this.trunk, head, this.upper);
  }

  moveTrunk(f) {
    const hx = 0.5 * (f[0] + f[SIDE]), hy = 0.5 * (f[1] + f[SIDE + 1]), h = this.height;
    const lx = f[MIDDLE.lumbar], ly = f[MIDDLE.lumbar + 1], kx = f[MIDDLE.head], ky = f[MIDDLE.head + 1];
    const long = Math.hypot(kx - lx, ky - ly), ux = (kx - lx) / long, uy = (ky - ly) / long;
    const neck = long - 0.085 * h;
    // from below the hips to the neck: the pelvis stands on the line from the hips to the lumbar joint
    const lift = Math.hypot(lx - hx, ly - hy) || 1, vx = (lx + 0.03 * h - hx) / lift, vy = (ly - hy) / lift;
    const low = 0.07 * h, total = low + lift + neck, at = this.trunk.geometry.attributes.position;
    for (let r = 0; r < TRUNK.length; r++) {
      const [share, half, deep, shift] = TRUNK[r], d = share * total - low;
      const onPelvis = 1 - smooth((d - lift * 0.4) / (0.9 * lift));
      const px = onPelvis * (hx + vx * d) + (1 - onPelvis) * (lx + 0.022 * h + ux * (d - lift)), py = onPelvis * (hy + vy * d) + (1 - onPelvis) * (ly + uy * (d - lift));
      const ax = onPelvis * vx + (1 - onPelvis) * ux, ay = onPelvis * vy + (1 - onPelvis) * uy, al = Math.hypot(ax, ay);
      const fx = ay / al, fy = -ax / al;
      for (let i = 0; i < TRUNK_POINTS; i++) {
        const a = 2 * Math.PI * i / TRUNK_POINTS, c = Math.cos(a), s = Math.sin(a);
        const e = (shift + deep * Math.sign(c) * Math.abs(c) ** 0.85) * h, k = 3 * (r * TRUNK_POINTS + i);
        at.array[k] = px + fx * e;
        at.array[k + 1] = py + fy * e;
        at.array[k + 2] = half * h * Math.sign(s) * Math.abs(s) ** 0.85;
      }
    }
    at.needsUpdate = true;
    this.trunk.geometry.computeVertexNormals();
    const turn = Math.atan2(-ux, uy);
    this.head.position.set(kx + 0.012 * h, ky, 0);
    this.head.rotation.z = turn;
    const shoulder = neck - 0.03 * h;
    this.upper.position.set(lx + 0.018 * h + ux * shoulder, ly + uy * shoulder, 0);
    this.upper.rotation.z = 0.5 * turn;
    this.pelvisTurn = Math.atan2(-(lx - hx), ly - hy) - this.rest.pelvis;
  }

  moveLeg(x, f) {
    const o = x.o, P = k => [f[o + POINT[k]], f[o + POINT[k] + 1]];
    const hip = P('hip'), knee = P('knee'), ankle = P('ankle'), heel = P('heel'), joint = P('toejoint'), tip = P('toetip');
    const up = (a, b) => Math.atan2(-(a[0] - b[0]), a[1] - b[1]);
    const turns = [up(hip, knee), up(knee, ankle), Math.atan2(joint[1] - heel[1], joint[0] - heel[0]) - this.rest.foot, 0];
    turns[3] = Math.atan2(tip[1] - joint[1], tip[0] - joint[0]) - this.rest.toes;
    const pivots = [[0, x.kneeY, ...knee], [0, x.kneeY, ...knee], [0, x.ankleY, ...ankle], [x.toeX, x.ankleY + x.toeY, ...joint]];
    const C = turns.map(Math.cos), S = turns.map(Math.sin);
    for (const [m] of x.parts) {
      const p = m.geometry.attributes.position, q = m.geometry.attributes.normal, rest = m.rest, rn = m.restNormal, w = m.weight;
      for (const range of m.ranges) {
        if (m.skip.has(range)) continue;
        for (let i = range.begin; i < range.begin + range.count; i++) {
          const a = 3 * i, w0 = w[a], w2 = w[a + 1], w3 = w[a + 2], w1 = 1 - w0 - w2 - w3;
          let X = 0, Y = 0, nx = 0, ny = 0;
          for (let k = 0; k < 4; k++) {
            const wk = k === 0 ? w0 : k === 1 ? w1 : k === 2 ? w2 : w3;
            if (wk < 1e-4) continue;
            const v = pivots[k], dx = rest[a] - v[0], dy = rest[a + 1] - v[1];
            X += wk * (v[2] + C[k] * dx - S[k] * dy);
            Y += wk * (v[3] + S[k] * dx + C[k] * dy);
            nx += wk * (C[k] * rn[a] - S[k] * rn[a + 1]);
            ny += wk * (S[k] * rn[a] + C[k] * rn[a + 1]);
          }
          p.array[a] = X; p.array[a + 1] = Y; p.array[a + 2] = rest[a + 2] + x.z;
          q.array[a] = nx; q.array[a + 1] = ny; q.array[a + 2] = rn[a + 2];
        }
      }
      p.needsUpdate = q.needsUpdate = true;
    }
    this.moveSpindles(x, hip, knee, turns);
  }

  moveSpindles(x, hip, knee, turns) {
    const L = x.thigh, m = x.flesh, p = m.geometry.attributes.position.array, q = m.geometry.attributes.normal.array;
    const cp = Math.cos(this.pelvisTurn), sp = Math.sin(this.pelvisTurn);
    const place = ([on, a, b]) => {
      if (on === 'P') return [hip[0] + L * (cp * a - sp * b), hip[1] + L * (sp * a + cp * b)];
      const k = on === 'T' ? 0 : 1, base = on === 'T' ? hip : knee, c = Math.cos(turns[k]), s = Math.sin(turns[k]);
      // down and forward of a segment that points up when it is upright
      return [base[0] + L * (c * b + s * a), base[1] + L * (s * b - c * a)];
    };
    for (const range of m.ranges) {
      const def = SPINDLES[range.name];
      if (!def) continue;
      const pts = def.path.map(place), n = pts.length - 1;
      for (let r = 0; r < SPINDLE_RINGS; r++) {
        const t = r / (SPINDLE_RINGS - 1), at = Math.min(n - 1e-6, t * n), k = Math.floor(at), u = at - k;
        const A = pts[Math.max(0, k - 1)], B = pts[k], D = pts[k + 1], E = pts[Math.min(n, k + 2)];
        const cr = i => B[i] + 0.5 * u * (D[i] - A[i] + u * (2 * A[i] - 5 * B[i] + 4 * D[i] - E[i] + u * (3 * (B[i] - D[i]) + E[i] - A[i])));
        const slope = i => 0.5 * (D[i] - A[i]) + u * (2 * A[i] - 5 * B[i] + 4 * D[i] - E[i]) + 1.5 * u * u * (3 * (B[i] - D[i]) + E[i] - A[i]);
        const cx = cr(0), cy = cr(1), sx = slope(0), sy = slope(1), sl = Math.hypot(sx, sy) || 1, nx = sy / sl, ny = -sx / sl;
        const radius = L * def.radius * (0.10 + 0.90 * Math.sin(Math.PI * t) ** 1.2), z = x.z + L * def.z * (x.isLeft ? 1 : -1);
        for (let i = 0; i < SPINDLE_POINTS; i++) {
          const a = 2 * Math.PI * i / SPINDLE_POINTS, c = Math.cos(a), s = Math.sin(a), j = 3 * (range.begin + r * SPINDLE_POINTS + i);
          p[j] = cx + radius * c * nx; p[j + 1] = cy + radius * c * ny; p[j + 2] = z + radius * s;
          q[j] = c * nx; q[j + 1] = c * ny; q[j + 2] = s;
        }
      }
    }
  }

  move(take, phase) {
    const f = take.frameAt(phase);
    if (!this.leg.right) for (const side of ['left', 'right']) this.buildLeg(side, f);
    this.moveTrunk(f);
    const n = this.muscles.length, c = this.c;
    for (const side of ['left', 'right']) {
      const x = this.leg[side], innervated = this.legs?.[side].innervated || {};
      this.moveLeg(x, f);
      for (let m = 0; m < n; m++) {
        const name = this.muscles[m], a = Math.sqrt(take.act[(side === 'left' ? 0 : n) + m]), lost = 0.9 * (1 - (innervated[name]?.[this.epoch] ?? 1));
        const mix = k => { const base = c.idle[k] + a * (c.active[k] - c.idle[k]); return base + lost * (c.lost[k] - base); };
        x.flesh.paint(name, mix('r'), mix('g'), mix('b'));
      }
    }
    return f;
  }
  dispose() {
    this.group.traverse(o => { o.geometry?.dispose(); });
    for (const m of [this.solid, this.veil, this.flesh, this.glass, this.bone]) m.dispose();
    this.group.removeFromParent();
  }
}
export {SIDE, POINT};

// The packed numbers of the page, unpacked: surfaces of both legs at every epoch, girths, movements.
const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
export const shorts = text => { const b = bytesOf(text); return new Int16Array(b.buffer, 0, b.length >> 1); };
export const bytes = bytesOf;

// Surfaces of one leg: rest[epoch] in metres, x forward, y up, z to the right of the person.
function surfacesOf(leg, nepoch) {
  return leg.surfaces.map(s => {
    const first = shorts(s.at), at = [Float32Array.from(first, x => x * 1e-4)];
    for (let e = 1; e < nepoch; e++) {
      const packed = s.later[e - 1];
      if (!packed) { at.push(at[0]); continue; }
      const d = packed[0] === '1' ? new Int8Array(bytesOf(packed.slice(1)).buffer) : shorts(packed.slice(1));
      at.push(Float32Array.from(first, (x, i) => (x + d[i]) * 1e-4));
    }
    return {name: s.name, rings: s.rings, points: s.points, at};
  });
}

const mirrored = s => ({...s, at: s.at.map((a, e) => e > 0 && a === s.at[0] ? null : a.map((x, i) => i % 3 === 2 ? -x : x))});

export function readLegs(data) {
  const n = data.epochs.length, out = {};
  for (const side of ['right', 'left']) {
    const leg = data.legs[side];
    const surfaces = leg.mirror ? out.right.surfaces.map(mirrored) : surfacesOf(leg, n);
    for (const s of surfaces) s.at = s.at.map(a => a || s.at[0]);
    out[side] = {...leg, side, surfaces, ankle: leg.ankle * 1e-4, shank: leg.shank * 1e-4,
      innervated: Object.fromEntries(leg.muscles.map(m => [m.name, m.innervated])),
      label: Object.fromEntries(leg.muscles.map(m => [m.name, m.label]))};
  }
  return out;
}

// Twice as many rings by the cubic of Catmull and Rom; with `round` twice as many points in each ring too.
export function refined(surface, round) {
  const {rings, points} = surface, m = round ? 2 * points : points, n = 2 * rings - 1;
  const cubic = (a, b, c, d) => (9 * (b + c) - a - d) / 16;
  const at = a => {
    const wide = new Float32Array(rings * m * 3), out = new Float32Array(n * m * 3);
    for (let r = 0; r < rings; r++)
      for (let i = 0; i < m; i++)
        for (let k = 0; k < 3; k++) {
          const v = j => a[3 * (r * points + ((j + points) % points)) + k];
          wide[3 * (r * m + i) + k] = !round ? v(i) : i % 2 === 0 ? v(i / 2) : cubic(v((i - 3) / 2), v((i - 1) / 2), v((i + 1) / 2), v((i + 3) / 2));
        }
    for (let r = 0; r < n; r++)
      for (let i = 0; i < m * 3; i++) {
        const v = j => wide[Math.max(0, Math.min(rings - 1, j)) * m * 3 + i], h = r >> 1;
        out[r * m * 3 + i] = r % 2 === 0 ? v(h) : cubic(v(h - 1), v(h), v(h + 1), v(h + 2));
      }
    return out;
  };
  const done = new Map(), once = a => done.get(a) || (done.set(a, at(a)), done.get(a));
  return {name: surface.name, rings: n, points: m, at: surface.at.map(once)};
}

// A belly thins out into a leaf of full width at its ends; drawn as it is it looks like a board. For the eye alone the
// leaf is narrowed along its own arc where its section is small. The first half of a ring is its outer side.
export function tapered(surface) {
  const {rings, points} = surface, half = points / 2, middle = half / 2;
  const area = (a, r) => {
    let s = 0;
    for (let i = 0; i < points; i++) {
      const p = 3 * (r * points + i), q = 3 * (r * points + (i + 1) % points);
      s += a[p] * a[q + 2] - a[q] * a[p + 2];
    }
    return Math.abs(s) / 2;
  };
  const at = a => {
    const areas = Array.from({length: rings}, (_, r) => area(a, r)), most = Math.max(...areas), out = new Float32Array(a);
    for (let r = 0; r < rings; r++) {
      const f = surface.name === 'achilles' ? [0.4, 0.72, 0.92][r] ?? 1 : Math.max(0.12, Math.min(1, Math.sqrt(areas[r] / most / 0.45)));
      if (f >= 1) continue;
      for (let i = 0; i < points; i++) {
        // outer side runs 0 .. half, the inner side back from half to points
        const isOuter = i <= half, u = (isOuter ? i : points - i), v = middle + f * (u - middle), lo = Math.floor(v), w = v - lo;
        const index = s => isOuter ? s : (points - s) % points;
        for (let k = 0; k < 3; k++) {
          const b = a[3 * (r * points + index(lo)) + k], c = a[3 * (r * points + index(Math.min(half, lo + 1))) + k];
          out[3 * (r * points + i) + k] = b + w * (c - b);
        }
      }
    }
    return out;
  };
  const done = new Map(), once = a => done.get(a) || (done.set(a, at(a)), done.get(a));
  return {...surface, at: surface.at.map(once)};
}

// Every second ring, the last kept, and every so manieth point of a ring.
export function thinned({name, rings, points, at}, step) {
  const keep = [...Array(rings).keys()].filter(r => r % 2 === 0 || r === rings - 1), m = points / step;
  const thin = a => Float32Array.from({length: keep.length * m * 3}, (_, k) => {
    const r = Math.floor(k / (3 * m)), i = Math.floor(k / 3) % m;
    return a[3 * (keep[r] * points + i * step) + k % 3];
  });
  return {name, rings: keep.length, points: m, at: at.map(thin)};
}

// Triangles over rings, with a fan as lid at both ends; counter-clockwise from outside.
export function trianglesOf({rings, points}, isLeft, lids = true) {
  const t = [], put = (a, b, c) => (isLeft ? t.push(a, c, b) : t.push(a, b, c));
  for (let r = 0; r + 1 < rings; r++)
    for (let i = 0; i < points; i++) {
      const a = r * points + i, b = r * points + (i + 1) % points;
      put(a, b, b + points);
      put(a, b + points, a + points);
    }
  const last = (rings - 1) * points;
  for (let i = 1; lids && i + 1 < points; i++) {
    put(0, i + 1, i);
    put(last, last + i, last + i + 1);
  }
  return t;
}

// The ring at a height: points between the two rings about it. null where the surface does not reach.
export function ringAt(surface, at, y) {
  const n = surface.points, height = r => at[3 * r * n + 1];
  for (let r = 0; r + 1 < surface.rings; r++) {
    const hi = height(r), lo = height(r + 1);
    if (!(y <= hi && y > lo)) continue;
    const w = (hi - y) / (hi - lo), out = [];
    for (let i = 0; i < n; i++) {
      const a = 3 * (r * n + i), b = a + 3 * n;
      out.push([at[a] + w * (at[b] - at[a]), at[a + 2] + w * (at[b + 2] - at[a + 2])]);
    }
    return out;
  }
  return null;
}

// The taut outline of points in the plane (monotone chain).
export function hull(points) {
  const p = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const cross = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = list => {
    const h = [];
    for (const q of list) {
      while (h.length > 1 && cross(h[h.length - 2], h[h.length - 1], q) <= 0) h.pop();
      h.push(q);
    }
    h.pop();
    return h;
  };
  return [...half(p), ...half(p.reverse())];
}

// Girth at a height above the ankle, from the profile of the result: cubic between its levels [cm].
export function girthAt(leg, epoch, height) {
  const h = leg.height, g = leg.girth[epoch];
  if (!g || g.length < 4) return null;
  const step = h[0] - h[1], x = (h[0] - height) / step;
  if (x < 0 || x > h.length - 1) return null;
  const k = Math.min(h.length - 2, Math.floor(x)), t = x - k;
  const at = i => i < 0 ? 2 * g[0] - g[1] : i >= g.length ? 2 * g[g.length - 1] - g[g.length - 2] : g[i];
  const [a, b, c, d] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

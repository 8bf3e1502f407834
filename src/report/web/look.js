// Colours and materials. Those of the page: grey before, blue after, vermilion lost; muscle in a quiet red-brown is
// left out on purpose, for vermilion means loss here.
import * as THREE from 'three';

const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;

export function colours() {
  const css = getComputedStyle(document.documentElement), of = name => new THREE.Color(css.getPropertyValue(name).trim() || '#888');
  const isDark = dark();
  return {
    isDark, before: of('--b'), after: of('--a'), lost: of('--x'), ink: of('--ink'), soft: of('--soft'), line: of('--line'), card: of('--card'),
    skin: new THREE.Color(isDark ? '#c9b8a8' : '#d8c3b0'), rim: new THREE.Color(isDark ? '#f0e4d8' : '#8d7460'),
    bone: new THREE.Color('#efe8d6'), tendon: new THREE.Color('#e9e4d8'),
    idle: new THREE.Color(isDark ? '#6d7480' : '#f0dccf'), active: new THREE.Color(isDark ? '#d6a3ff' : '#6a1b9a'),
    floor: new THREE.Color(isDark ? '#25292f' : '#e9e6df'),
  };
}

// Muscles of the calf in blues and teals of the same lightness, so that neighbours keep apart.
export const MUSCLE = {gasmed: '#5b8fc4', gaslat: '#7fb0d8', soleus: '#3f6f9c', tibpost: '#5a9a94', fdl: '#7db5ab', fhl: '#4c8580',
  tibant: '#8a9bd0', edl: '#6c7fb8', ehl: '#a3b1dc', perlong: '#7ab7c8', perbrev: '#5e9cb0'};

// What has lost its nerve is vermilion by that share, over the muscle's own colour.
export function muscleColour(name, innervated, c) {
  const lost = c.lost.clone();
  return new THREE.Color(MUSCLE[name] || '#8a9bb0').lerp(lost, 0.82 * (1 - innervated));
}

// Glass: what is seen along the edge is denser than what is looked through.
export function glass({colour, rim, least = 0.1, most = 0.75, power = 2.2, side = THREE.FrontSide}) {
  return new THREE.ShaderMaterial({
    transparent: true, depthWrite: false, side, clipping: true,
    uniforms: {colour: {value: colour.clone()}, rim: {value: rim.clone()}, least: {value: least}, most: {value: most}, power: {value: power}},
    vertexShader: `#include <clipping_planes_pars_vertex>
      varying vec3 vNormal; varying vec3 vEye;
      void main() { vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
        #include <clipping_planes_vertex>
        vNormal = normalMatrix * normal; vEye = -mvPosition.xyz; gl_Position = projectionMatrix * mvPosition; }`,
    fragmentShader: `#include <clipping_planes_pars_fragment>
      uniform vec3 colour, rim; uniform float least, most, power; varying vec3 vNormal; varying vec3 vEye;
      void main() {
        #include <clipping_planes_fragment>
        vec3 n = normalize(vNormal), e = normalize(vEye);
        float edge = pow(1.0 - abs(dot(n, e)), power);
        float lamp = 0.75 + 0.25 * n.y;
        gl_FragColor = vec4(mix(colour * lamp, rim, edge), mix(least, most, edge));
        #include <colorspace_fragment>
      }`,
  });
}

export const matte = (options = {}) => new THREE.MeshLambertMaterial({vertexColors: false, ...options});
export const satin = (options = {}) => new THREE.MeshPhongMaterial({shininess: 22, specular: new THREE.Color('#222222'), ...options});

export function lamps(scene) {
  scene.add(new THREE.HemisphereLight('#ffffff', '#c9c2b6', 2.3));
  const key = new THREE.DirectionalLight('#ffffff', 1.7);
  const fill = new THREE.DirectionalLight('#dfe8ff', 0.5);
  // they go with the eye, so that every view is lit from above and its left
  key.position.set(-1.2, 1.6, 1.6);
  fill.position.set(1.5, 0.2, 0.8);
  const rig = new THREE.Group();
  rig.add(key, key.target, fill, fill.target);
  scene.add(rig);
  return rig;
}

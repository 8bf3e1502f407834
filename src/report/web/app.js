// The 3D views of the report, begun after the first paint and only when they come near.
import {readLegs} from './data.js';
import {webgl} from './stage.js';
import {LegView} from './leg.js';
import {Replay} from './replay.js';

const surae = window.surae, root = document.documentElement;

// Builds a view when its place comes near the window.
function near(box, build) {
  // room is taken at once, so that the page does not jump
  box.classList.add('waiting');
  box.textContent = ' ';
  new IntersectionObserver((list, watch) => {
    if (!list.some(x => x.isIntersecting)) return;
    watch.disconnect();
    box.replaceChildren();
    box.classList.remove('waiting');
    try {
      build();
      surae.speak();
    } catch (e) {
      console.error(e);
      box.replaceChildren();
      surae.fail();
    }
  }, {rootMargin: '400px'}).observe(box);
}

if (!webgl()) surae.fail();
else {
  const legs = surae.data.legs ? readLegs(surae.data) : null;
  const legBox = document.getElementById('sr-leg'), moveBox = document.getElementById('sr-replay');
  if (legs) near(legBox, () => { surae.leg = new LegView(legBox, legs); });
  if (surae.data.moves?.some(m => m.takes.length)) near(moveBox, () => { surae.replay = new Replay(moveBox, legs); });
  root.dataset.scene = 'ready';
}

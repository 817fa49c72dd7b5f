/** The page that is shared: what its data tells is shown, and can be run where there is a place for that. */
import { FailurePicture } from './failure-picture.js';
import { FailureRerun } from './failure-rerun.js';

const picture = JSON.parse(document.getElementById('data')?.textContent ?? '');
const failure = /** @type {FailurePicture} */ (document.querySelector('parigot-failure'));
failure.picture = picture;
const rerun = /** @type {FailureRerun | null} */ (document.querySelector('parigot-rerun'));
if (rerun) {
  rerun.picture = picture;
  rerun.addEventListener('step', (event) => {
    const { fails, row } = /** @type {CustomEvent} */ (event).detail;
    // It has the bar and the state of the run now.
    failure.toggleAttribute('live', true);
    failure.follow(fails, row);
  });
}

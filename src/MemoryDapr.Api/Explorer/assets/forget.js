import { erase } from './api.js';
import { element, facts, time } from './dom.js';

// A button that forgets something everywhere, after a question; the receipt is shown in the same dialog.
export function forgetButton(what, parts, next) {
  return element('button', { type: 'button', class: 'danger', onclick: () => ask(what, parts, next) }, `Forget ${what.split(' ')[0]} …`);
}

function ask(what, parts, next) {
  const dialog = document.getElementById('dialog');
  const message = element('p', {}, 'It is erased from the window, the evidence and everything derived from it. This cannot be undone.');
  const problem = element('p', { class: 'failure', role: 'alert', hidden: true });
  const cancel = element('button', { type: 'button', autofocus: true, onclick: () => dialog.close() }, 'Keep');
  const confirm = element('button', { type: 'button', class: 'danger', onclick: run }, 'Forget');
  dialog.replaceChildren(
    element('h2', { id: 'dialog-title' }, `Forget ${what}?`), message, problem, element('div', { class: 'buttons' }, cancel, confirm));
  dialog.showModal();

  async function run() {
    confirm.disabled = cancel.disabled = true;
    try {
      const receipt = await erase(parts);
      const done = element('button', { type: 'button', onclick: () => dialog.close() }, 'Close');
      dialog.addEventListener('close', () => { location.hash = next; }, { once: true });
      dialog.replaceChildren(
        element('h2', { id: 'dialog-title' }, receipt.completedAt ? 'Forgotten' : 'Being forgotten'),
        facts([
          ['Receipt', receipt.receiptId],
          ['Erased', receipt.erased],
          ['Completed', time(receipt.completedAt)],
          ['Working', String(receipt.counts.working)],
          ['Episodic', String(receipt.counts.episodic)],
          ['Semantic', String(receipt.counts.semantic)],
          ['Rebuilt', String(receipt.rebuilt)],
        ]),
        element('div', { class: 'buttons' }, done));
      done.focus();
    } catch (error) {
      problem.hidden = false;
      problem.textContent = `${error.message} ${error.detail ?? ''}`;
      confirm.disabled = cancel.disabled = false;
    }
  }
}

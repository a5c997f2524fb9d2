import { element, route } from './dom.js';

// A form whose fields are parameters of the view's address, so that a filtered view can be linked to and gone back from.
export function filterForm(view, fields) {
  const form = element('form', { class: 'filter', role: 'search', onsubmit: submit }, fields.map(control), element('button', {}, 'Show'));
  for (const select of form.querySelectorAll('select')) {
    select.addEventListener('change', () => form.requestSubmit());
  }
  return form;

  function submit(event) {
    event.preventDefault();
    location.hash = route([view], Object.fromEntries(new FormData(form)));
  }
}

function control({ name, label, value, choices, hint }) {
  const input = choices
    ? element('select', { name }, Object.entries(choices).map(([choice, text]) => element('option', { value: choice, selected: choice === value }, text)))
    : element('input', { name, value, placeholder: hint ?? 'all', autocomplete: 'off', spellcheck: 'false', size: 16 });
  return element('label', {}, label, ' ', input);
}

// Whose memory to show where the address does not say: that of the user who was looked at last, since the page was loaded.
let looked = 'default';

export function lastUser() {
  return looked;
}

export function rememberUser(user) {
  looked = user;
}

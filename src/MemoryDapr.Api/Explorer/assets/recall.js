import { post } from './api.js';
import { badge, element, empty, facts, link, route, salience, time } from './dom.js';
import { lastUser } from './filter.js';
import { source } from './items.js';

// The question is part of the address, so that an answer can be linked to.
export async function showRecall(parameters, signal) {
  const user = parameters.user || lastUser();
  const answer = parameters.query?.trim() ? await post(['recall'], toRequest(parameters, user), signal) : undefined;
  return [element('h1', {}, 'Recall'), form(parameters, user), answer ? showAnswer(answer) : empty('Ask what is known that bears on something.')];
}

function toRequest({ query, sessionId, k, kind }, user) {
  return { query, user, k: Number(k) || 10, explain: true, sessionId: sessionId || undefined, kinds: kind ? [kind] : undefined };
}

function form({ query, sessionId, k, kind }, user) {
  const kinds = ['', 'turn', 'episode', 'fact', 'document'];
  return element('form', { class: 'filter ask', role: 'search', onsubmit: submit },
    element('label', { class: 'wide' }, 'Question ', element('input', { name: 'query', value: query, required: true, maxlength: 10000, autocomplete: 'off', autofocus: !query })),
    element('label', {}, 'User ', element('input', { name: 'user', value: user, size: 12, spellcheck: 'false' })),
    element('label', {}, 'Live session ', element('input', { name: 'sessionId', value: sessionId, placeholder: 'none', size: 14, spellcheck: 'false' })),
    element('label', {}, 'Kind ', element('select', { name: 'kind' }, kinds.map(name => element('option', { value: name, selected: name === kind }, name || 'all')))),
    element('label', {}, 'k ', element('input', { name: 'k', type: 'number', min: 1, max: 100, value: k || 10 })),
    element('button', { class: 'primary' }, 'Recall'));
}

function submit(event) {
  event.preventDefault();
  location.hash = route(['recall'], Object.fromEntries(new FormData(event.target)));
}

function showAnswer(answer) {
  const { intent, timings } = answer;
  const widest = Math.max(...answer.items.flatMap(item => (item.explain ?? []).map(part => Math.abs(part.value))), 1e-9);
  return element('div', {},
    facts([
      ['Asks for', intent.kind + (intent.firstPerson ? ', about who asks' : '')],
      ['Days', intent.days.length > 0 && intent.days.join(', ')],
      ['Months', intent.months.length > 0 && intent.months.map(month => month.slice(0, 7)).join(', ')],
      ['Took', `${timings.totalMs.toFixed(1)} ms, search ${timings.searchMs.toFixed(1)}`],
      ['Left out', answer.degraded && answer.degraded.join(', ')],
      ['Subject', answer.subjectMismatch && 'The best match is said by somebody else than the question is about.'],
    ]),
    answer.items.length ? element('ol', { class: 'cards ranked' }, answer.items.map((item, index) => hit(item, widest, index === 0))) : empty('Nothing bears on it.'),
    answer.context && element('section', {}, element('h2', {}, `Context for a prompt, ${answer.tokens} tokens`), element('pre', { tabindex: 0 }, answer.context)));
}

function hit(item, widest, isOpen) {
  return element('li', {}, element('article', {},
    element('div', { class: 'meta' }, badge(item.tier === 'working' ? 'working' : item.kind), time(item.at), item.speaker, salience(item.salience),
      item.tier !== 'working' && element('strong', { class: 'score' }, `score ${item.score.toFixed(3)}`)),
    element('p', { class: 'text' }, link(item.title ? `${item.title}: ` : '', ['items', item.id]), item.title ? item.text : link(item.text, ['items', item.id])),
    item.explain?.length > 0 && element('details', { open: isOpen }, element('summary', {}, 'Why this score'), parts(item, widest)),
    item.sources.length > 0 && element('details', {}, element('summary', {}, `Evidence (${item.sources.length})`), element('ul', { class: 'bare' }, item.sources.map(source)))));
}

// Bars of one scale for all items: what counted in one can be held against another.
function parts(item, widest) {
  return element('table', { class: 'parts' },
    element('thead', {}, element('tr', {}, ['Part', 'Value', ''].map(head => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, item.explain.map(part => {
      const bar = element('div', { class: part.value < 0 ? 'bar minus' : 'bar' });
      bar.style.width = `${(Math.abs(part.value) / widest) * 100}%`;
      return element('tr', {}, element('th', { scope: 'row' }, part.name), element('td', { class: 'number' }, part.value.toFixed(4)), element('td', { class: 'track' }, bar));
    })),
    element('tfoot', {}, element('tr', {}, element('th', { scope: 'row' }, 'Sum'), element('td', { class: 'number' }, item.score.toFixed(4)), element('td'))));
}

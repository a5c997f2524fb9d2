import { get } from './api.js';
import { badge, element, empty, facts, link, paged, salience, time } from './dom.js';
import { filterForm, lastUser } from './filter.js';
import { forgetButton } from './forget.js';

const kinds = { episode: 'Episodes', fact: 'Facts', document: 'Documents', turn: 'Turns as evidence', '': 'All kinds' };

export async function showItems({ user, kind, sessionId }, signal) {
  const owner = user || lastUser();
  const chosen = kind ?? 'episode';
  const list = element('div', { class: 'cards' });
  const more = await paged(
    cursor => get(['items'], { user: owner, kind: chosen, sessionId, cursor, limit: 50 }, signal),
    items => list.append(...items.map(card)));
  return [
    element('div', { class: 'title' }, element('h1', {}, `Memories of ${owner}`), forgetButton(`user ${owner}`, ['users', owner], '#/items')),
    filterForm('items', [
      { name: 'user', label: 'User', value: owner, hint: 'default' },
      { name: 'kind', label: 'Kind', value: chosen, choices: kinds },
      { name: 'sessionId', label: 'Session', value: sessionId },
    ]),
    list.childElementCount ? list : empty('Nothing of this kind.'),
    more,
  ];
}

function card(item) {
  return element('article', {},
    element('div', { class: 'meta' }, badge(item.kind), time(item.at), item.speaker, salience(item.salience),
      item.pinned && badge('pinned'), item.promoted && badge('promoted'), item.validTo && badge('ended')),
    element('h2', {}, link(item.title || item.text, ['items', item.id])),
    item.title && element('p', { class: 'text clamp' }, item.text),
    item.kind !== 'turn' && element('p', { class: 'note' }, `${count(item.sources.length, 'source')}, ${count(item.facts.length, 'fact')}`));
}

export async function showItem(id, signal) {
  const [item, history] = await Promise.all([get(['items', id], {}, signal), get(['items', id, 'history'], {}, signal)]);
  return [
    element('div', { class: 'title' },
      element('h1', {}, item.title || `A ${item.kind}`),
      forgetButton(`${item.kind} ${id}`, ['items', id], `#/items?user=${encodeURIComponent(item.user)}`)),
    element('div', { class: 'meta' }, badge(item.kind), badge(item.tier, 'plain'), item.pinned && badge('pinned'), item.promoted && badge('promoted')),
    element('p', { class: 'text' }, item.text),
    item.facts.length > 0 && element('section', {}, element('h2', {}, 'Facts in it'),
      element('ul', {}, item.facts.map(fact => element('li', {}, fact.text)))),
    facts([
      ['Salience', salience(item.salience)],
      ['User', link(item.user, ['items'], { user: item.user })],
      ['Speaker', item.speaker],
      ['When', [time(item.at), item.until && ' – ', item.until && time(item.until)]],
      ['Valid', (item.validFrom || item.validTo) && [time(item.validFrom), ' – ', item.validTo ? time(item.validTo) : 'now']],
      ['Metadata', item.metadata && Object.entries(item.metadata).map(([name, value]) => `${name} = ${value}`).join(', ')],
      ['Version', [`${item.version}, of `, time(item.updatedAt)]],
      ['Id', element('code', {}, item.id)],
    ]),
    item.sources.length > 0 && element('section', {}, element('h2', {}, 'Sources'), element('ul', { class: 'bare' }, item.sources.map(source))),
    item.derivedFrom.length > 0 && element('section', {}, element('h2', {}, 'Derived from'), element('ul', { class: 'bare' }, item.derivedFrom.map(itemLink))),
    element('h2', {}, 'History'),
    history.items.length ? element('ol', { class: 'history' }, history.items.map(step)) : empty('It was written as it is.'),
  ].filter(Boolean);
}

function step(entry) {
  return element('li', {},
    element('div', { class: 'meta' }, badge(entry.action, 'plain'), time(entry.at),
      entry.pipelineId && link('pipeline', ['pipelines', entry.pipelineId]),
      entry.salience !== undefined && `salience ${entry.salience.toFixed(2)}`),
    element('p', {}, entry.reason),
    entry.inputs.length > 0 && element('details', {}, element('summary', {}, count(entry.inputs.length, 'input')), element('ul', { class: 'bare' }, entry.inputs.map(itemLink))),
    entry.sources.length > 0 && element('details', {}, element('summary', {}, count(entry.sources.length, 'source')), element('ul', { class: 'bare' }, entry.sources.map(source))));
}

export function source({ sessionId, turnId }) {
  return element('li', {}, link(sessionId, ['sessions', sessionId]), ' ', element('code', {}, turnId));
}

function itemLink(id) {
  return element('li', {}, link(id, ['items', id]));
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

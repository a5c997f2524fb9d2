import { get } from './api.js';
import { badge, element, empty, facts, link, paged, time } from './dom.js';
import { filterForm, lastUser } from './filter.js';
import { forgetButton } from './forget.js';

export async function showSessions({ user }, signal) {
  const owner = user || lastUser();
  const body = element('tbody');
  const more = await paged(cursor => get(['sessions'], { user: owner, cursor, limit: 50 }, signal), sessions => {
    body.append(...sessions.map(session => element('tr', {},
      element('td', {}, link(session.sessionId, ['sessions', session.sessionId])),
      element('td', {}, link(session.user, ['items'], { user: session.user, kind: 'episode' })),
      element('td', { class: 'number' }, String(session.turnCount)),
      element('td', {}, progress(session)),
      element('td', {}, time(session.lastActiveAt)))));
  });
  const list = element('div', { class: 'scroll' }, element('table', {},
    element('caption', {}, 'Newest first; times are UTC.'),
    element('thead', {}, element('tr', {}, ['Session', 'User', 'Turns', 'State', 'Last active'].map(head => element('th', { scope: 'col' }, head)))),
    body));
  return [
    element('h1', {}, 'Sessions'),
    filterForm('sessions', [{ name: 'user', label: 'User', value: owner, hint: 'default' }]),
    body.childElementCount ? list : empty(`${owner} has no session. Name another user above, or post turns to memory/sessions/{id}/turns.`),
    more,
  ];
}

export async function showSession(id, signal) {
  const [session, turns] = await Promise.all([get(['sessions', id], {}, signal), turnList(id, signal)]);
  const inWindow = new Set(session.window.map(turn => turn.id));
  for (const node of turns.list.children) {
    node.classList.toggle('live', inWindow.has(node.dataset.turn));
  }
  return [
    element('div', { class: 'title' }, element('h1', {}, id), forgetButton(`session ${id}`, ['sessions', id], '#/sessions')),
    facts([
      ['User', link(session.user, ['items'], { user: session.user, kind: 'episode' })],
      ['Turns', String(session.turnCount)],
      ['State', progress(session)],
      ['Begun', time(session.createdAt)],
      ['Last active', time(session.lastActiveAt)],
      ['Window expires', session.expiresAt && time(session.expiresAt)],
    ]),
    element('p', {},
      link('Episodes of this session', ['items'], { user: session.user, kind: 'episode', sessionId: id }), ' · ',
      link('Ask with its window', ['recall'], { user: session.user, sessionId: id })),
    element('h2', {}, 'Turns'),
    element('p', { class: 'note' }, session.window.length
      ? 'The marked turns are its window: working memory.' : 'It has no window: its working memory has expired.'),
    turns.list,
    turns.more,
  ];
}

async function turnList(id, signal) {
  const list = element('ol', { class: 'turns' });
  const more = await paged(cursor => get(['sessions', id, 'turns'], { cursor, limit: 100 }, signal), turns => {
    list.append(...turns.map(turn => element('li', { 'data-turn': turn.id, id: `turn-${turn.id}` },
      element('div', { class: 'meta' }, badge(turn.role), turn.speaker, time(turn.at), element('code', {}, turn.id)),
      element('p', { class: 'text' }, turn.content))));
  });
  return { list, more };
}

function progress({ turnCount, indexedTo, distilledTo }) {
  const state = [];
  if (indexedTo < turnCount) {
    state.push(badge(`${indexedTo} of ${turnCount} indexed`, 'waiting'));
  }
  state.push(distilledTo < turnCount ? badge(`${distilledTo} of ${turnCount} distilled`, 'waiting') : badge('distilled', 'succeeded'));
  return state;
}

import { get } from './api.js';
import { badge, element, empty, facts, link, paged, table, time } from './dom.js';
import { filterForm } from './filter.js';

const states = { '': 'All', 'queued,running,waiting': 'At work', failed: 'Failed', succeeded: 'Succeeded', cancelled: 'Cancelled' };

export async function showPipelines({ status }, signal) {
  const rows = [];
  const body = element('tbody');
  const more = await paged(cursor => get(['pipelines'], { status, cursor, limit: 50 }, signal), pipelines => {
    rows.push(...pipelines);
    body.append(...pipelines.map(pipeline => element('tr', {}, cells(pipeline).map(cell => element('td', {}, cell)))));
  });
  const heads = ['Pipeline', 'State', 'User', 'Session', 'Attempts', 'Changed'];
  return [
    element('h1', {}, 'Pipelines'),
    filterForm('pipelines', [{ name: 'status', label: 'State', value: status, choices: states }]),
    rows.length ? element('div', { class: 'scroll' }, element('table', {},
      element('caption', {}, 'Newest first; times are UTC.'),
      element('thead', {}, element('tr', {}, heads.map(head => element('th', { scope: 'col' }, head)))), body)) : empty('None.'),
    more,
  ];
}

function cells(pipeline) {
  return [
    link(pipeline.pipelineId, ['pipelines', pipeline.pipelineId], {}, { class: 'id' }),
    badge(pipeline.status),
    pipeline.user,
    pipeline.sessionId ? link(pipeline.sessionId, ['sessions', pipeline.sessionId]) : '–',
    String(pipeline.attempts),
    time(pipeline.updatedAt),
  ];
}

export async function showPipeline(id, signal) {
  const pipeline = await get(['pipelines', id], {}, signal);
  return [
    element('h1', {}, pipeline.kind === 'distill' ? 'Distillation' : 'Promotion'),
    facts([
      ['State', badge(pipeline.status)],
      ['Error', pipeline.error],
      ['User', pipeline.user],
      ['Session', pipeline.sessionId && link(pipeline.sessionId, ['sessions', pipeline.sessionId])],
      ['Turns', pipeline.to !== undefined && `${pipeline.from} to ${pipeline.to}`],
      ['Attempts', String(pipeline.attempts)],
      ['Begun', time(pipeline.createdAt)],
      ['Changed', time(pipeline.updatedAt)],
      ['Id', element('code', {}, pipeline.pipelineId)],
    ]),
    pipeline.steps.length ? table('Its steps', ['Step', 'State', 'Counts'], pipeline.steps.map(step => [step.name, badge(step.status), counts(step.counts)])) : empty('It has not begun.'),
  ];
}

function counts(named) {
  return Object.entries(named).map(([name, number]) => `${name} ${number}`).join(', ');
}

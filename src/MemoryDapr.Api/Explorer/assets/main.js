import { useKey } from './api.js';
import { element } from './dom.js';
import { rememberUser } from './filter.js';
import { showItem, showItems } from './items.js';
import { showJobs } from './jobs.js';
import { showPipeline, showPipelines } from './pipelines.js';
import { showRecall } from './recall.js';
import { showSession, showSessions } from './sessions.js';

const views = {
  recall: { title: 'Recall', list: showRecall },
  sessions: { title: 'Sessions', list: showSessions, one: showSession },
  items: { title: 'Memories', list: showItems, one: showItem },
  pipelines: { title: 'Pipelines', list: showPipelines, one: showPipeline },
  jobs: { title: 'Jobs', list: showJobs },
};

const main = document.getElementById('view');
const status = document.getElementById('status');
let current = new AbortController();

async function navigate(event) {
  if (location.hash === '#view') {
    main.focus();
    return;
  }
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const [path, query] = (location.hash || '#/sessions').slice(2).split('?');
  const [name, id] = path.split('/').map(decode);
  const view = views[name];
  mark(name);
  document.title = view ? `${id || view.title} – MemoryDapr` : 'MemoryDapr';
  if (!view || (id && !view.one)) {
    show(element('h1', {}, 'There is no such view.'));
    return;
  }
  main.setAttribute('aria-busy', 'true');
  try {
    const parameters = Object.fromEntries(new URLSearchParams(query));
    if (parameters.user) {
      rememberUser(parameters.user);
    }
    const nodes = await (id ? view.one(id, signal) : view.list(parameters, signal));
    if (!signal.aborted) {
      show(...nodes);
      if (event) {
        main.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    }
  } catch (error) {
    if (!signal.aborted) {
      show(element('h1', {}, view.title), failure(error));
    }
  } finally {
    if (!signal.aborted) {
      main.removeAttribute('aria-busy');
    }
  }
}

function show(...nodes) {
  status.textContent = '';
  main.replaceChildren(...nodes);
}

function mark(name) {
  for (const anchor of document.querySelectorAll('nav a')) {
    if (anchor.getAttribute('href') === `#/${name}`) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function failure(error) {
  const faults = (error.faults ?? []).map(fault => element('li', {}, `${fault.pointer}: ${fault.message}`));
  const hint = error.status === 401 ? 'Type a key in at the top and choose "Use".' : error.detail;
  return element('div', { class: 'failure', role: 'alert' },
    element('strong', {}, error.message), hint && element('p', {}, hint), faults.length > 0 && element('ul', {}, faults));
}

document.getElementById('key').addEventListener('submit', event => {
  event.preventDefault();
  useKey(event.target.elements.key.value.trim());
  navigate();
});
addEventListener('hashchange', navigate);
// What goes wrong behind a button of a view.
addEventListener('unhandledrejection', event => {
  if (event.reason?.name !== 'AbortError') {
    status.replaceChildren(failure(event.reason));
  }
});
navigate();

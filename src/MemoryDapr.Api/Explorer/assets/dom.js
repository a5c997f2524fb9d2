// Elements from data. Text only ever becomes a text node, so nothing that was remembered can become markup.

export function element(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat(2).filter(child => child !== undefined && child !== null && child !== false));
  return node;
}

// A link within the explorer. Parts and parameters are encoded; absent parameters are left out.
export function link(label, parts, parameters, properties) {
  return element('a', { ...properties, href: route(parts, parameters) }, label);
}

export function route(parts, parameters = {}) {
  const present = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const query = new URLSearchParams(present).toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}

export function time(value) {
  if (!value) {
    return '–';
  }
  const shown = new Date(value).toISOString().slice(0, 16).replace('T', ' ');
  return element('time', { datetime: value, title: value }, shown);
}

export function duration(milliseconds) {
  const units = [[86400000, 'd'], [3600000, 'h'], [60000, 'min'], [1000, 's']];
  const [size, name] = units.find(([unit]) => milliseconds >= unit) ?? [1, 'ms'];
  return `${Math.round(milliseconds / size)} ${name}`;
}

export function table(caption, heads, rows) {
  return element('div', { class: 'scroll' }, element('table', {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, heads.map(head => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, rows.map(row => element('tr', {}, row.map(cell => element('td', {}, cell ?? '–')))))));
}

// Name and value pairs; those without a value are left out.
export function facts(pairs) {
  return element('dl', {}, pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '' && value.length !== 0)
    .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

export function badge(text, kind) {
  return element('span', { class: `badge ${kind ?? text}` }, text);
}

export function salience(value) {
  return element('span', { class: 'salience', title: `Salience ${value}: how much it has proved to matter` },
    element('meter', { min: 0, max: 1, low: 0.3, high: 0.8, optimum: 1, value, 'aria-label': 'Salience' }), value.toFixed(2));
}

export function empty(text) {
  return element('p', { class: 'empty' }, text);
}

// A list that grows by pages: `load(cursor)` answers a page, `show(items)` makes its nodes, `add(nodes)` puts them where they belong.
export async function paged(load, add) {
  const more = element('button', { type: 'button', class: 'more' }, 'More');
  let cursor;
  const next = async () => {
    more.disabled = true;
    try {
      const page = await load(cursor);
      cursor = page.nextCursor;
      add(page.items);
      more.hidden = !cursor;
    } finally {
      more.disabled = false;
    }
  };
  more.addEventListener('click', next);
  await next();
  return more;
}

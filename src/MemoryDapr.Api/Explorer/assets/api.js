// Calls of the service. The key lives in this variable alone: a reload forgets it.
let key = '';

export function useKey(value) {
  key = value;
}

export class ServiceError extends Error {
  constructor(status, problem) {
    super(problem?.title ?? `The service answered ${status}.`);
    this.status = status;
    this.detail = problem?.detail;
    this.faults = problem?.errors ?? [];
  }
}

export const get = (parts, parameters, signal) => send('GET', parts, { parameters, signal });
export const post = (parts, body, signal) => send('POST', parts, { body, signal });
export const erase = parts => send('DELETE', parts, {});

async function send(method, parts, { parameters, body, signal }) {
  // Relative to the page, wherever the service stands.
  const url = new URL(['memory', ...parts].map(encodeURIComponent).join('/'), document.baseURI);
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  const headers = {};
  if (key) {
    headers['X-API-Key'] = key;
  }
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await fetch(url, { method, headers, signal, body: body && JSON.stringify(body), cache: 'no-store', credentials: 'omit' });
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const answer = isJson ? await response.json() : undefined;
  if (!response.ok) {
    throw new ServiceError(response.status, answer);
  }
  return answer;
}

import { get } from './api.js';
import { badge, duration, element, table, time } from './dom.js';

export async function showJobs(_, signal) {
  const { healthy, jobs } = await get(['jobs'], {}, signal);
  return [
    element('div', { class: 'title' }, element('h1', {}, 'Jobs'), badge(healthy ? 'healthy' : 'unhealthy', healthy ? 'succeeded' : 'failed')),
    table('The periodic work; times are UTC.', ['Job', 'State', 'Last run', 'Next run', 'Sign of life', 'Backlog', 'Oldest pending', 'Failures', 'Error'],
      jobs.map(job => [
        job.name,
        badge(job.healthy ? 'healthy' : 'unhealthy', job.healthy ? 'succeeded' : 'failed'),
        time(job.lastRunAt),
        time(job.nextRunAt),
        `${duration(job.heartbeatAgeMs)} ago`,
        String(job.backlog ?? '–'),
        job.oldestPendingMs ? duration(job.oldestPendingMs) : '–',
        String(job.failures),
        job.error,
      ])),
  ];
}

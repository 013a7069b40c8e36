import type { JobView } from '../../api/bindings.ts';
import { numberFormat } from '../../domain/intl.ts';
import type { TextKey, Translate } from '../../i18n/index.tsx';

/** Seconds as a person says them: the largest unit and the one below. */
export function timeText(seconds: number, t: Translate): string {
  if (seconds < 60) return t('jobs.time.seconds', { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 === 0
      ? t('jobs.time.whole_minutes', { minutes })
      : t('jobs.time.minutes', { minutes, seconds: seconds % 60 });
  return t('jobs.time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

const KINDS: Readonly<Record<string, TextKey>> = {
  monte_carlo: 'jobs.kind.monte_carlo',
  optimisation: 'jobs.kind.optimisation',
  evaluation: 'jobs.kind.evaluation',
};

export function kindText({ kind }: JobView, t: Translate): string {
  const key = KINDS[kind];
  return key ? t(key) : kind;
}

/** How much of it was asked for, such as 1,000,000 paths. */
export function amountText({ paths }: JobView, t: Translate, locale: string): string | null {
  return paths === null ? null : t('jobs.paths', { count: paths, paths: numberFormat(locale).format(paths) });
}

export function titleOf(job: JobView, t: Translate, locale: string): string {
  const amount = amountText(job, t, locale);
  return amount === null ? kindText(job, t) : `${kindText(job, t)}, ${amount}`;
}

/** How far it is and how long it will still take: 62 %, 11 s left. */
export function progressText(job: JobView, t: Translate): string {
  const percent = t('jobs.percent', { percent: job.percent });
  if (job.pausing) return `${percent}, ${t('jobs.pausing')}`;
  if (job.state !== 'running' || job.left_seconds === null) return percent;
  return `${percent}, ${t('jobs.left', { time: timeText(job.left_seconds, t) })}`;
}

const REMARKS: Readonly<Record<string, TextKey>> = {
  state_damaged: 'jobs.remark.state_damaged',
  state_of_another_program: 'jobs.remark.state_of_another_program',
  no_room_for_state: 'jobs.remark.no_room_for_state',
  no_room_for_result: 'jobs.remark.no_room_for_result',
};

export function remarkTexts({ remarks }: JobView, t: Translate): string[] {
  return remarks.flatMap((remark) => {
    const key = REMARKS[remark];
    return key ? [t(key)] : [];
  });
}

const FAULTS: Readonly<Record<string, TextKey>> = {
  TIME_LIMIT: 'jobs.fault.TIME_LIMIT',
  UNKNOWN_KIND: 'jobs.fault.UNKNOWN_KIND',
  INTERRUPTED: 'jobs.fault.INTERRUPTED',
  INTERNAL: 'jobs.fault.INTERNAL',
};

/** Why it was given up: our own reasons in the reader's language, a refusal of the deal as it was worded. */
export function faultText({ fault, elapsed_seconds }: JobView, t: Translate): string | null {
  if (!fault) return null;
  const key = FAULTS[fault.code];
  return key ? t(key, { time: timeText(elapsed_seconds, t) }) : fault.message;
}

/** A moment as the list says it: the time of a moment of today, else the day as well. */
export function momentText(at: string, locale: string, now: Date): string {
  const moment = new Date(at);
  const isToday = moment.toDateString() === now.toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { day: 'numeric', month: 'short', year: 'numeric' };
  const options: Intl.DateTimeFormatOptions = { ...day, hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(moment);
}

import { useState } from 'react';
import type { JobView } from '../../api/bindings.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { ProgressBar } from './bar.tsx';
import { amountText, faultText, kindText, momentText, progressText, remarkTexts, timeText } from './texts.ts';
import type { JobActions } from './use-jobs.ts';
import { useResult } from './use-result.ts';

type Props = { job: JobView; actions: JobActions; onLeave: () => void };

/** One job: what it is, how far it is, what can be done with it. */
export function JobRow({ job, actions, onLeave }: Props) {
  const { t, locale } = useText();
  const fault = faultText(job, t);
  return (
    <li className="job" data-state={job.state} data-job={job.job}>
      <div className="job-head">
        <Sign job={job} />
        <div className="job-names">
          <p className="job-title">{job.project_name ?? kindText(job, t)}</p>
          <p className="sub">
            {[job.project_name === null ? null : kindText(job, t), amountText(job, t, locale)]
              .filter(Boolean)
              .join(', ')}
          </p>
        </div>
        <Standing job={job} />
      </div>
      {job.state === 'running' || (job.state === 'paused' && job.done > 0) ? (
        <ProgressBar label={kindText(job, t)} text={progressText(job, t)} percent={job.percent} />
      ) : null}
      {fault ? <p className="job-fault">{fault}</p> : null}
      {remarkTexts(job, t).map((text) => (
        <p key={text} className="job-remark">
          <Icon name="note" size={13} />
          {text}
        </p>
      ))}
      <Tools job={job} actions={actions} onLeave={onLeave} />
    </li>
  );
}

const SIGNS: Readonly<Record<JobView['state'], IconName>> = {
  running: 'play',
  waiting: 'history',
  paused: 'pause',
  completed: 'check',
  failed: 'blocker',
  cancelled: 'close',
};

function Sign({ job }: { job: JobView }) {
  return (
    <span className="job-sign" data-state={job.state}>
      <Icon name={SIGNS[job.state]} size={14} />
    </span>
  );
}

/** How it stands, on the right: the progress of what runs, else in a word and since when. */
function Standing({ job }: { job: JobView }) {
  const { t, locale } = useText();
  if (job.state === 'running')
    return (
      <p className="job-standing">
        <strong>{progressText(job, t)}</strong>
        <span className="sub">{t('jobs.elapsed', { time: timeText(job.elapsed_seconds, t) })}</span>
      </p>
    );
  const at = job.ended_at ?? job.asked_at;
  const isOver = job.ended_at !== null;
  const word =
    job.state === 'paused' && job.done > 0
      ? t('jobs.state.paused_at', { percent: job.percent })
      : t(`jobs.state.${job.state}`);
  return (
    <p className="job-standing">
      <span>{word}</span>
      <span className="sub">
        {[
          momentText(at, locale, new Date()),
          isOver && job.elapsed_seconds > 0
            ? t('jobs.took', { time: timeText(job.elapsed_seconds, t) })
            : null,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </p>
  );
}

/** Stopping for good and taking out of the list are asked back where something would be lost by it. */
function Tools({ job, actions, onLeave }: Props) {
  const { t } = useText();
  const [asked, setAsked] = useState<'cancel' | 'delete' | null>(null);
  const openResult = useResult(onLeave);
  const isOver = job.ended_at !== null;
  if (asked !== null)
    return (
      <div key="asked" className="job-tools job-asked" role="group" aria-label={t(`jobs.ask.${asked}`)}>
        <span>{t(`jobs.ask.${asked}`)}</span>
        <Button
          look="danger"
          onClick={() => {
            setAsked(null);
            if (asked === 'cancel') actions.cancel(job.job);
            else actions.remove(job.job);
          }}
        >
          {t(`jobs.yes.${asked}`)}
        </Button>
        <Button autoFocus onClick={() => setAsked(null)}>
          {t('jobs.no')}
        </Button>
      </div>
    );
  return (
    <div className="job-tools">
      {job.state === 'completed' ? (
        <Button icon="arrow" onClick={() => openResult(job)}>
          {t('jobs.open')}
        </Button>
      ) : null}
      {job.state === 'running' || job.state === 'waiting' ? (
        <Button icon="pause" disabled={job.pausing} onClick={() => actions.pause(job.job)}>
          {t('jobs.pause')}
        </Button>
      ) : null}
      {job.can_resume ? (
        <Button icon="play" onClick={() => actions.resume(job.job)}>
          {t(job.state === 'failed' && job.done > 0 ? 'jobs.go_on' : 'jobs.resume')}
        </Button>
      ) : null}
      {isOver ? (
        <IconButton
          icon="trash"
          label={t('jobs.delete')}
          onClick={() => (job.state === 'completed' ? setAsked('delete') : actions.remove(job.job))}
        />
      ) : (
        <Button
          look="quiet"
          icon="close"
          onClick={() => (job.done > 0 ? setAsked('cancel') : actions.cancel(job.job))}
        >
          {t('jobs.cancel')}
        </Button>
      )}
    </div>
  );
}

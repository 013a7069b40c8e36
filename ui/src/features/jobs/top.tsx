import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { ProgressBar } from './bar.tsx';
import { useJobsDrawer } from './provider.tsx';
import { amountText, kindText, progressText } from './texts.ts';

/** In the top bar of every page: what is computed now, and the way to everything that runs or ran. */
export function JobsButton() {
  const { t, locale } = useText();
  const { jobs, running, show, isOpen } = useJobsDrawer();
  return (
    <span className="jobs-top" data-none={jobs.length === 0 ? '' : undefined}>
      {running ? (
        <span className="jobs-now">
          <ProgressBar
            label={kindText(running, t)}
            text={progressText(running, t)}
            percent={running.percent}
          />
          <span className="jobs-now-text">
            {[amountText(running, t, locale), progressText(running, t)].filter(Boolean).join(', ')}
          </span>
        </span>
      ) : null}
      <button
        type="button"
        className="jobs-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={show}
      >
        <Icon name="jobs" />
        <span>{t('jobs.title')}</span>
      </button>
    </span>
  );
}

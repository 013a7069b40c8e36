import { memo, useState } from 'react';
import type {
  IncentivesOverTime,
  LawChangeDto,
  LawStepDto,
  ProgramNow,
  ProgramThen,
} from '../../api/bindings.ts';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { dayFromOrdinal, dayOrdinal } from '../../charts/law-time/days.ts';
import { daysShown, lawTimeLayout } from '../../charts/law-time/layout.ts';
import { LawTimeView } from '../../charts/law-time/view.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Slider } from '../../components/slider.tsx';
import { Skeleton } from '../../components/states.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatChange, formatExact, formatWhole } from '../../domain/money.ts';
import { type TextKey, type Translate, useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { DateInput } from '../inputs.tsx';
import { Fault } from '../shell/fault.tsx';
import { LawDifferences } from './law-differences.tsx';
import {
  decidingDay,
  marksOf,
  nextChange,
  stepOn,
  stretchesOf,
  useIncentivesOverTime,
  useVersionDifferences,
} from './time-view.ts';
import { moneyOf } from './view.ts';

/** The deal under the law of any day: how much it would leave, and what of the law was another then. */
export function LawOverTime() {
  const { t } = useText();
  const { data, fault, retry } = useIncentivesOverTime();
  const [chosen, setChosen] = useState<string | null>(null);
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (data === null) return <Skeleton label={t('pages.loading')} rows={8} />;
  if (data.steps.length === 0) return <p className="sub">{t('lawtime.none')}</p>;
  const now = decidingDay(data);
  const day = chosen ?? now;
  return (
    <div className="law-time">
      <LawTimeChart view={data} day={day} />
      <DayControls view={data} day={day} now={now} onDay={setChosen} />
      <OnDay view={data} day={day} />
    </div>
  );
}

type DayProps = { view: IncentivesOverTime; day: string };

export const LawTimeChart = memo(function LawTimeChart({ view, day, width }: DayProps & { width?: number }) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const words = {
    today: t('lawtime.today'),
    start: t('lawtime.start'),
    delivery: t('lawtime.delivery'),
  };
  const stretches = stretchesOf(view);
  const names = (step: LawStepDto) => [...new Set(step.changes.map((change) => change.name))].join(', ');
  return (
    <ChartFrame
      description={{
        title: title(view, t, locale),
        summary: t('lawtime.summary', { count: view.steps.length }),
        columns: [t('lawtime.from'), t('lawtime.net'), t('lawtime.more'), t('lawtime.changes')],
        rows: view.steps.map((step) => {
          const [net, more] = [moneyOf(step.net), moneyOf(step.more)];
          return [
            formatDate(step.from, locale),
            { text: net ? formatExact(net, locale) : t('na'), address: step.net.address },
            { text: more ? formatChange(more, locale) : t('na'), address: step.more?.address },
            names(step),
          ];
        }),
      }}
      subtitle={t('lawtime.subtitle', { currency: view.currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 760}
      draw={(available) => {
        const geometry = lawTimeLayout(stretches, marksOf(view, words), { width: available }, locale);
        return {
          height: geometry.height,
          content: <LawTimeView geometry={geometry} locale={locale} day={day} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);

/** The finding: whether another law on file would leave more than the one that decides. */
function title(view: IncentivesOverTime, t: Translate, locale: string): string {
  const more = view.steps.filter((step) => (moneyOf(step.more)?.minor ?? 0) > 0);
  const best = more.reduce<LawStepDto | null>(
    (found, step) =>
      found === null || (moneyOf(step.net)?.minor ?? 0) > (moneyOf(found.net)?.minor ?? 0) ? step : found,
    null,
  );
  if (best === null) return t('lawtime.title.best');
  const from = formatDate(best.from, locale);
  return best.until === null
    ? t('lawtime.title.later', { from })
    : t('lawtime.title.between', { from, until: formatDate(best.until, locale) });
}

type ControlProps = DayProps & { now: string; onDay: (day: string | null) => void };

/** A day is typed, dragged to, or reached from change to change. */
function DayControls({ view, day, now, onDay }: ControlProps) {
  const { t, locale } = useText();
  const words = { today: '', start: '', delivery: '' };
  const [first, last] = daysShown(stretchesOf(view), marksOf(view, words));
  const before = nextChange(view.steps, day, -1);
  const after = nextChange(view.steps, day, 1);
  const at = Math.min(Math.max(dayOrdinal(day), first), last);
  return (
    <div className="law-controls">
      <div className="law-slider">
        <Slider
          label={t('lawtime.day')}
          value={at}
          min={first}
          max={last}
          step={1}
          valueText={formatDate(day, locale)}
          onChange={(ordinal) => onDay(dayFromOrdinal(ordinal))}
        />
      </div>
      <div className="law-day">
        <DateInput label={t('lawtime.day')} value={day} onCommit={onDay} />
        <IconButton
          icon="back"
          label={t('lawtime.before')}
          disabled={before === null}
          onClick={() => onDay(before)}
        />
        <IconButton
          icon="arrow"
          label={t('lawtime.after')}
          disabled={after === null}
          onClick={() => onDay(after)}
        />
        <Button look="quiet" disabled={day === now} onClick={() => onDay(null)}>
          {t('lawtime.now')}
        </Button>
      </div>
    </div>
  );
}

/** What the chosen day's law would leave, program by program. */
export function OnDay({ view, day }: DayProps) {
  const { t, locale } = useText();
  const step = stepOn(view.steps, day);
  if (step === null)
    return <p className="sub">{t('lawtime.before_all', { day: formatDate(day, locale) })}</p>;
  const [net, more] = [moneyOf(step.net), moneyOf(step.more)];
  const from = formatDate(step.from, locale);
  const names = step.changes.map((change) => changeText(change, t, locale)).join('; ');
  return (
    <>
      <p className="law-stretch-text">
        {step.until
          ? t('lawtime.stretch', { from, until: formatDate(step.until, locale), names })
          : t('lawtime.stretch.open', { from, names })}
      </p>
      <TableRegion label={t('lawtime.table', { day: formatDate(day, locale) })}>
        <thead>
          <tr>
            <th scope="col">{t('lawtime.program')}</th>
            <th scope="col">{t('lawtime.version')}</th>
            <th scope="col" className="num">
              {t('lawtime.net_then', { currency: view.currency })}
            </th>
            <th scope="col" className="num">
              {t('lawtime.more')}
            </th>
            <th scope="col">{t('lawtime.law')}</th>
          </tr>
        </thead>
        <tbody>
          {step.programs.map((then) => {
            const program = view.programs.find((one) => one.claim === then.claim);
            return program ? <ThenRow key={then.claim} now={program} then={then} day={day} /> : null;
          })}
          <tr className="total">
            <td>{t('lawtime.total')}</td>
            <td />
            <td className="num">
              {net ? <Figure address={step.net.address}>{formatWhole(net, locale)}</Figure> : t('na')}
            </td>
            <td className="num">
              {more && step.more ? (
                <Figure address={step.more.address}>{formatChange(more, locale)}</Figure>
              ) : null}
            </td>
            <td />
          </tr>
        </tbody>
      </TableRegion>
    </>
  );
}

function changeText(change: LawChangeDto, t: Translate, locale: string): string {
  const program = change.name;
  if (change.after === null) return t('lawtime.change.ends', { program });
  if (change.before === null) return t('lawtime.change.begins', { program });
  return t('lawtime.change.follows', { program, day: formatDate(change.after, locale) });
}

const STANDINGS: Record<string, TextKey> = {
  compared: 'incentives.standing.compared',
  rejected: 'incentives.standing.rejected',
};

function ThenRow({ now, then, day }: { now: ProgramNow; then: ProgramThen; day: string }) {
  const { t, locale } = useText();
  const [isOpen, setOpen] = useState(false);
  const [net, more] = [moneyOf(then.net), moneyOf(then.more)];
  const differs = then.version !== null && now.version !== null && then.version !== now.version;
  return (
    <>
      <tr>
        <td className="text">{now.name}</td>
        <td>{then.version ? formatDate(then.version, locale) : t('lawtime.no_law')}</td>
        <td className="num">
          {net && then.net ? (
            <Figure address={then.net.address}>{formatWhole(net, locale)}</Figure>
          ) : (
            <span className="sub">{t(STANDINGS[then.standing] ?? 'na')}</span>
          )}
        </td>
        <td className="num">
          {more && then.more ? (
            <Figure address={then.more.address}>{formatChange(more, locale)}</Figure>
          ) : null}
        </td>
        <td>
          {differs ? (
            <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t(isOpen ? 'lawtime.hide' : 'lawtime.show')}
            </button>
          ) : (
            <span className="sub">{then.reason ?? (then.version ? t('lawtime.same') : '')}</span>
          )}
        </td>
      </tr>
      {isOpen && differs ? (
        <tr className="law-changes">
          <td colSpan={5}>
            <Changes now={now} then={then} day={day} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** What the law of that day says otherwise than the one that decides now. */
function Changes({ now, then, day }: { now: ProgramNow; then: ProgramThen; day: string }) {
  const { t, locale } = useText();
  const found = useVersionDifferences(now.program, then.version ?? day, now.version ?? day, true);
  if (found === null) return <Skeleton label={t('pages.loading')} rows={3} />;
  return (
    <LawDifferences
      differences={found.differences}
      currency={found.currency}
      caption={t('lawtime.changes_of', { program: now.name })}
      before={t('lawtime.version_of', { day: formatDate(found.from, locale) })}
      after={t('lawtime.version_now', { day: formatDate(found.to, locale) })}
    />
  );
}

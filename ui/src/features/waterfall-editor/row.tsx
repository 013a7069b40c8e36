import { memo, type PointerEvent as ReactPointerEvent } from 'react';
import type { FindingDto } from '../../api/bindings.ts';
import { Swatch } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatDate } from '../../domain/dates.ts';
import { kindOfParty, kindOfTier } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { severityOf } from '../findings/lines.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { isOnce, type Names, shareText, tierName } from './names.ts';
import type { Drop } from './operations.ts';
import { isGroup, type PlanTier } from './plan.ts';
import { rowSentence, tierSentence } from './sentences.ts';
import type { Standing } from './standing.ts';
import { type TierActions, TierMenu } from './tier-menu.tsx';

export type RowProps = {
  tier: PlanTier;
  path: string;
  number: string;
  names: Names;
  role: string | undefined;
  book: FigureBook | null;
  standing: Standing;
  expiry: { to: string; expired: boolean } | null;
  findings: readonly FindingDto[];
  isCurrent: boolean;
  isDragged: boolean;
  drop: Drop['where'] | null;
  /** A member stands beside others; a tier below the one before. */
  aside: boolean;
  /** Whether another may be put beside it. */
  takesBeside: boolean;
  actions: TierActions;
  onGrip: (event: ReactPointerEvent, tier: string) => void;
};

export const ROW_HINT = 'plan-row-keys';

/** One line: grip, number, colour, name and sentence, what it was paid and how far it is. */
export const TierRow = memo(function TierRow(props: RowProps) {
  const { tier, number, names, role, book, standing, aside, isCurrent, drop, actions } = props;
  const { t, maybe } = useText();
  const name = tierName(tier, maybe) ?? tier.id;
  const sentence = tierSentence(tier, names);
  const kind = kindOfTier(tier.role);
  return (
    <div
      className={`plan-row ${aside ? 'plan-aside' : ''} ${drop ? `plan-drop-${drop}` : ''} ${props.isDragged ? 'plan-dragged' : ''}`}
      data-tier={tier.id}
      data-beside={props.takesBeside ? 'yes' : 'no'}
      data-aside={aside ? 'yes' : 'no'}
      data-current={isCurrent ? 'yes' : undefined}
    >
      <span
        className="plan-grip"
        title={t('plan.grip', { name })}
        aria-hidden="true"
        onPointerDown={(event) => props.onGrip(event, tier.id)}
      >
        <Grip />
      </span>
      {aside ? null : <span className="plan-number">{number}</span>}
      <Swatch kind={kind === 'ink' && role && !isGroup(tier) ? kindOfParty(role) : kind} />
      <div className="plan-words" data-path={props.path}>
        <button
          type="button"
          className="plan-name"
          tabIndex={isCurrent ? 0 : -1}
          data-tier-name={tier.id}
          aria-describedby={ROW_HINT}
          title={sentence}
          onClick={() => actions.edit(tier.id)}
          onFocus={() => actions.focus(tier.id)}
        >
          <span className="visually-hidden">{`${number}. `}</span>
          {name}
        </button>
        <p className="sub plan-sentence">{aside ? brief(tier, names) : rowSentence(tier, names)}</p>
        {props.expiry ? (
          <p className={`sub ${props.expiry.expired ? 'plan-expired' : ''}`}>
            {t(props.expiry.expired ? 'plan.state.expired' : 'plan.until_day', {
              day: formatDate(props.expiry.to, names.locale),
            })}
          </p>
        ) : null}
        <Said findings={props.findings} />
      </div>
      <Money book={book} standing={standing} />
      <TierMenu tier={tier} name={name} isCurrent={isCurrent} actions={actions} />
      {standing.done === null ? null : (
        <span className="plan-bar" aria-hidden="true">
          <i className={`swatch-${kind}`} style={{ width: `${Math.round(standing.done * 1000) / 10}%` }} />
        </span>
      )}
    </div>
  );
});

/** Beside its neighbours a member says no more than its own share and end. */
function brief(tier: PlanTier, names: Names): string {
  const { takes } = tier;
  if (takes.kind !== 'share') return tierSentence(tier, names);
  const rate = isOnce(takes.rate) ? null : shareText(takes.rate ?? '1', names.locale);
  const payee = names.party(takes.payee);
  return [payee === tier.label ? null : payee, rate].filter(Boolean).join('\u00a0· ');
}

function Money({ book, standing }: { book: FigureBook | null; standing: Standing }) {
  const { t } = useText();
  if (!book || standing.state === null) return <span />;
  return (
    <span className="plan-money">
      {standing.paid ? (
        <>
          <span className="visually-hidden">{t('waterfall.paid')}</span>
          <Amount book={book} address={standing.paid} />
        </>
      ) : null}
      <span className={`plan-state plan-state-${standing.state}`}>{t(`plan.state.${standing.state}`)}</span>
      {standing.left ? (
        <span className="plan-left">
          <Amount book={book} address={standing.left} />
          <span>{t('plan.left.label')}</span>
        </span>
      ) : null}
    </span>
  );
}

export function Said({ findings }: { findings: readonly FindingDto[] }) {
  const { t } = useText();
  return (
    <>
      {findings.map((finding) => {
        const severity = severityOf(finding);
        return (
          <p
            key={`${finding.code}#${finding.path}`}
            className={`plan-said finding-${severity}`}
            data-about={finding.path}
          >
            <Icon name={severity} size={13} />
            <span className="visually-hidden">{t(`severity.${severity}`)}</span>
            <span>{finding.message}</span>
          </p>
        );
      })}
    </>
  );
}

function Grip() {
  return (
    <svg width="10" height="14" viewBox="0 0 10 14" fill="currentColor" aria-hidden="true">
      {[2, 7, 12].flatMap((y) => [2.5, 7.5].map((x) => <circle key={`${x}-${y}`} cx={x} cy={y} r="1.1" />))}
    </svg>
  );
}

import type { AssessedProgram, StandingReason } from '../../api/bindings.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { Figure } from '../../components/figure.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { formatPercent, formatWhole } from '../../domain/money.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { byJurisdiction, counts, decimalOf, moneyOf, monthsOf } from './view.ts';

const CONFIDENCE: Record<string, BadgeLook> = { high: 'pass', medium: 'outline', low: 'dashed' };

type Props = {
  programs: readonly AssessedProgram[];
  chosen: string;
  onChoose: (claim: string) => void;
};

/** A card for each jurisdiction, in it program by program: what it gives, what share of the spend there that is, when it is paid. */
export function ProgramCards({ programs, chosen, onChoose }: Props) {
  const words = useWords();
  return (
    <div className="program-cards">
      {byJurisdiction(programs).map((group) => (
        <section key={group.jurisdiction} aria-label={words.place(group.jurisdiction)}>
          <h3 className="program-place">{words.place(group.jurisdiction)}</h3>
          <ul>
            {group.programs.map((program) => (
              <li key={program.claim} className="program-card" data-chosen={program.claim === chosen}>
                <Card
                  program={program}
                  variant={variantOf(program, programs)}
                  isChosen={program.claim === chosen}
                  onChoose={onChoose}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Two claims on one program are told apart by what the deal calls them. */
export function variantOf(program: AssessedProgram, all: readonly AssessedProgram[]): string | null {
  const twins = all.filter((one) => one.program === program.program);
  const isOneOfMany = twins.length > 1 && (!counts(program) || twins.filter(counts).length > 1);
  return isOneOfMany ? program.claim.replace(/[-_]/g, ' ') : null;
}

type CardProps = {
  program: AssessedProgram;
  variant: string | null;
  isChosen: boolean;
  onChoose: (claim: string) => void;
};

function Card({ program, variant, isChosen, onChoose }: CardProps) {
  const { t, locale } = useText();
  const gross = moneyOf(program.worth?.gross);
  const rate = decimalOf(program.worth?.spend_rate);
  const open = program.reasons.filter((one) => one.kind === 'condition_open').length;
  const reason = program.reasons.find((one) => one.kind !== 'condition_open') ?? null;
  return (
    <>
      <button
        type="button"
        className="program-pick"
        aria-pressed={isChosen}
        data-path={`incentives[${program.claim}]`}
        onClick={() => onChoose(program.claim)}
      >
        {program.name}
        {variant ? <span className="program-variant sub">{variant}</span> : null}
      </button>
      <span className="program-gross">
        {program.worth ? (
          <Figure address={program.worth.gross.address}>
            {gross ? formatWhole(gross, locale) : t('na')}
          </Figure>
        ) : (
          t('na')
        )}
      </span>
      <span className="sub program-months">{cashText(program, t, locale)}</span>
      <span className="sub program-rate">
        {rate !== null && program.worth ? (
          <Figure address={program.worth.spend_rate.address}>{formatPercent(Number(rate), locale)}</Figure>
        ) : null}
      </span>
      <span className="program-badges">
        <StandingBadge program={program} />
        {program.origin === 'own' || program.origin === 'held' ? (
          <Badge look="outline">{t(`incentives.origin.${program.origin}`)}</Badge>
        ) : null}
        {program.confidence ? (
          <Badge look={CONFIDENCE[program.confidence] ?? 'outline'}>
            {t(`confidence.${program.confidence}` as 'confidence.high')}
          </Badge>
        ) : null}
        {open > 0 ? <Badge look="question">{t('incentives.open', { count: open })}</Badge> : null}
      </span>
      {reason ? <span className="sub program-reason">{reasonText(reason, t)}</span> : null}
    </>
  );
}

function StandingBadge({ program }: { program: AssessedProgram }) {
  const { t } = useText();
  const isRefused = program.reasons.some((one) => one.kind === 'condition_failed');
  if (isRefused) return <Badge look="blocker">{t('incentives.standing.not_met')}</Badge>;
  if (counts(program)) return null;
  return (
    <Badge look="outline">
      {t(`incentives.standing.${program.standing}` as 'incentives.standing.compared')}
    </Badge>
  );
}

function cashText(program: AssessedProgram, t: Translate, locale: string): string {
  const months = monthsOf(program);
  const [first, ...more] = months.map((month) => formatMonth(month, locale));
  if (first === undefined) return t('incentives.cash.undated');
  return t('incentives.cash.when', { months: [first, ...more].join(', ') });
}

export function reasonText(reason: StandingReason, t: Translate): string {
  switch (reason.kind) {
    case 'excluded_by':
      return t('incentives.reason.excluded', { program: reason.program ?? '', clause: reason.clause ?? '' });
    case 'less_worth':
      return t('incentives.reason.less');
    case 'condition_open':
      return t('incentives.reason.open', { condition: reason.message ?? '', clause: reason.clause ?? '' });
    case 'condition_failed':
    case 'condition_doubted':
      return t('incentives.reason.failed', { condition: reason.message ?? '', clause: reason.clause ?? '' });
    default:
      return reason.message ?? t('incentives.reason.unavailable');
  }
}

import type { FindingDto } from '../../api/bindings.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import type { Names } from './names.ts';
import { isGroup, type Plan, type PlanTier, type Row } from './plan.ts';
import { TierRow } from './row.tsx';
import { expiryOf, standingOf } from './standing.ts';
import type { TierActions } from './tier-menu.tsx';
import type { Drag } from './use-drag.ts';

type Props = {
  plan: Plan;
  tiers: readonly PlanTier[];
  rows: readonly Row[];
  /** The lines that are shown while a search is on; null for all. */
  shown: ReadonlySet<string> | null;
  names: Names;
  book: FigureBook | null;
  said: ReadonlyMap<string, readonly FindingDto[]>;
  current: string | null;
  drag: Drag;
  actions: TierActions;
  branches: boolean;
};

const NOTHING_SAID: readonly FindingDto[] = [];

/** A list of tiers: each with the members that share its money in a box under it. */
export function TierBlock(props: Props) {
  const { t } = useText();
  return (
    <ol className="plan-tiers" aria-label={t('plan.title')}>
      {props.tiers.map((tier) => (
        <Block key={tier.id} tier={tier} {...props} />
      ))}
    </ol>
  );
}

function Block({ tier, ...props }: Props & { tier: PlanTier }) {
  const { t } = useText();
  const row = props.rows.find((one) => one.tier.id === tier.id);
  if (!row || !isShown(tier, props.shown)) return null;
  return (
    <li className="plan-block" data-tier-block={tier.id}>
      {props.branches
        ? row.enters.map((source) => (
            <p key={source.id} className="plan-enters sub">
              {t('plan.enters', { source: props.names.source(source.id) })}
            </p>
          ))
        : null}
      <Line row={row} aside={false} {...props} />
      {isGroup(tier) ? <Members tier={tier} {...props} /> : null}
      {row.leads ? (
        <p className="plan-leads sub">{t('plan.leads', { tier: props.names.tier(row.leads) })}</p>
      ) : null}
    </li>
  );
}

/** Members of a group stand beside each other; the steps of a ladder, tried in order, below each other. */
function Members({ tier, ...props }: Props & { tier: PlanTier }) {
  const members = tier.takes.members ?? [];
  const aside = tier.takes.kind === 'together';
  return (
    <ol className={aside ? 'plan-members' : 'plan-steps'} aria-label={props.names.tier(tier.id)}>
      {members.map((member) => {
        const row = props.rows.find((one) => one.tier.id === member.id);
        if (!row || !isShown(member, props.shown)) return null;
        return (
          <li key={member.id} data-tier-block={member.id}>
            <Line row={row} aside={aside} {...props} />
            {isGroup(member) ? <Members tier={member} {...props} /> : null}
          </li>
        );
      })}
    </ol>
  );
}

function Line({ row, aside, ...props }: Omit<Props, 'tiers'> & { row: Row; aside: boolean }) {
  const { document } = useDeal();
  const { plan, names, book, said, current, drag, actions } = props;
  const { tier } = row;
  return (
    <TierRow
      tier={tier}
      path={row.path}
      number={row.number}
      names={names}
      role={document.parties?.find((one) => one.id === tier.takes.payee)?.role}
      book={book}
      standing={standingOf(tier, book)}
      expiry={expiryOf(tier, plan, document.as_of)}
      findings={said.get(tier.id) ?? NOTHING_SAID}
      isCurrent={current === tier.id}
      isDragged={drag.dragged === tier.id}
      drop={drag.drop?.tier === tier.id ? drag.drop.where : null}
      aside={aside}
      takesBeside={isGroup(tier) || (row.group === null && tier.takes.kind === 'share')}
      actions={actions}
      onGrip={drag.start}
    />
  );
}

/** A line stays while one of its members is looked for. */
function isShown(tier: PlanTier, shown: ReadonlySet<string> | null): boolean {
  if (shown === null || shown.has(tier.id)) return true;
  return (tier.takes.members ?? []).some((member) => isShown(member, shown));
}

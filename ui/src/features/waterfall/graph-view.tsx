import { useSearch } from '@tanstack/react-router';
import {
  type ComponentProps,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { everyNode, type PlanGraphData, type PlanNode, wayTo } from '../../charts/plan-graph/data.ts';
import { planLayout } from '../../charts/plan-graph/layout.ts';
import { type GraphTexts, PlanGraphView } from '../../charts/plan-graph/view.tsx';
import { flowAddress } from '../../charts/recoupment-sankey/data.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatQuarter } from '../../domain/dates.ts';
import { DASH, formatMillions, formatWhole } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { namesOf } from '../waterfall-editor/names.ts';
import type { Plan, PlanTier } from '../waterfall-editor/plan.ts';
import { conditionSentence, limitText } from '../waterfall-editor/sentences.ts';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useFindings } from '../workspace/figures.ts';
import { matches, planGraph } from './plan-graph.ts';
import { useFlows } from './use-flows.ts';

/** Groups are told with their members beside them: both are asked for, and every tier stands apart. */
const ALL = 1000;
/** Above so many groups and tiers, groups begin closed. */
const MANY = 60;
const HEIGHT = 560;

type Props = { period: number | null };

/** The plan as money runs through it, with what is wrong drawn where it is wrong. */
export function GraphView({ period }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const plan = (document.recoupment ?? {}) as Plan;
  if ((plan.tiers ?? []).length === 0) {
    return <EmptyState title={t('graph.none.title')} note={t('graph.none.note')} />;
  }
  return <Graph plan={plan} period={period} />;
}

function Graph({ plan, period }: Props & { plan: Plan }) {
  const { t, locale } = useText();
  const notify = useToast();
  const texts = useFrameTexts();
  const interaction = useInteraction();
  const { document } = useDeal();
  const { data, month } = useGraphData(plan, period);
  const groups = useMemo(() => everyNode(data.nodes).filter((node) => node.members.length > 0), [data]);
  const isLarge = everyNode(data.nodes).length > MANY;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  // A large plan begins with its groups closed; what was pressed is the other way round.
  const closed = useMemo(() => {
    const ids = groups.map((group) => group.id);
    return new Set(ids.filter((id) => isLarge !== toggled.has(id)));
  }, [groups, isLarge, toggled]);
  const toggle = useCallback(
    (id: string) =>
      setToggled((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const search = useSearchIn(data, closed, toggle);
  const faulty = everyNode(data.nodes).filter((node) => node.faults.length > 0).length;
  const graphTexts = useGraphTexts(faulty, everyNode(data.nodes).length);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+F finds in the drawing that has the focus
    <div className="graph-view" onKeyDown={search.onKey}>
      <ChartFrame
        description={{
          title: graphTexts.title,
          summary: graphTexts.summary,
          columns: [t('graph.tier'), t('graph.takes'), t('graph.next'), t('waterfall.paid')],
          rows: rowsOf(data, data.nodes, locale),
        }}
        subtitle={
          month
            ? t('graph.subtitle', { period: formatQuarter(month), currency: document.currency })
            : t('graph.subtitle.plain')
        }
        texts={texts}
        notify={notify}
        legend={<SearchBox {...search} />}
        render={(width) => (
          <Laid
            data={data}
            closed={closed}
            found={search.found}
            centred={search.centred}
            onToggle={toggle}
            interaction={interaction}
            texts={graphTexts}
            width={width}
            height={HEIGHT}
          />
        )}
      />
      <div className="flow-openings">
        {groups.length > 0 ? (
          <>
            <Button
              look="quiet"
              onClick={() => setToggled(isLarge ? new Set(groups.map((one) => one.id)) : new Set())}
            >
              {t('graph.open_all')}
            </Button>
            <Button
              look="quiet"
              onClick={() => setToggled(isLarge ? new Set() : new Set(groups.map((one) => one.id)))}
            >
              {t('graph.close_all')}
            </Button>
          </>
        ) : null}
        <p className="sub graph-keys">{t('graph.keys')}</p>
      </div>
    </div>
  );
}

/** The plan in the shape of the window it is seen through. */
function Laid(props: Omit<ComponentProps<typeof PlanGraphView>, 'layout'>) {
  const { data, closed, width, height } = props;
  // A few pixels more or less move nothing.
  const aspect = Math.round((width / height) * 4) / 4;
  const layout = useMemo(() => planLayout(data, closed, aspect), [data, closed, aspect]);
  return <PlanGraphView {...props} layout={layout} />;
}

function rowsOf(
  data: PlanGraphData,
  nodes: readonly PlanNode[],
  locale: string,
): (string | { text: string; address: string | undefined })[][] {
  const label = new Map(everyNode(data.nodes).map((node) => [node.id, node.label]));
  return nodes.flatMap((node) => {
    const next = data.edges
      .filter((edge) => edge.from === node.id)
      .map((edge) => label.get(edge.to) ?? edge.to);
    const amount = node.amount ? { text: node.amount.text, address: node.amount.address } : '';
    return [[node.label, node.note, next.join(', '), amount], ...rowsOf(data, node.members, locale)];
  });
}

function useGraphTexts(faulty: number, count: number): GraphTexts {
  const { t } = useText();
  return useMemo(
    () => ({
      title: faulty > 0 ? t('graph.title.faulty', { count: faulty }) : t('graph.title', { count }),
      summary: t('graph.keys'),
      zoomIn: t('graph.zoom_in'),
      zoomOut: t('graph.zoom_out'),
      fit: t('graph.fit'),
      minimap: t('graph.minimap'),
      // As it is seen, then in full.
      node: ({ node, lines, note, isOpen }) =>
        [
          lines.join(' '),
          ...(isOpen ? [node.amount?.text, note] : [note, node.amount?.text]),
          node.label === lines.join(' ') ? '' : node.label,
          ...node.conditions,
          ...node.faults.map((one) => one.message),
        ]
          .filter(Boolean)
          .join(', '),
      toggle: ({ node, isOpen }) => t(isOpen ? 'graph.close' : 'graph.open', { name: node.label }),
    }),
    [t, faulty, count],
  );
}

/** The plan with the words and figures of the page, at the end of the period on show. */
function useGraphData(plan: Plan, period: number | null): { data: PlanGraphData; month: string | null } {
  const { t, locale, maybe } = useText();
  const words = useWords();
  const { document } = useDeal();
  const { findings } = useFindings();
  const groups = useMemo(() => new Set(groupsOf(plan.tiers ?? [])), [plan]);
  const outer = useFlows(NONE, ALL).flows;
  const inner = useFlows(groups, ALL).flows;
  const at = period ?? 0;
  const data = useMemo(() => {
    const names = namesOf(document, plan, { t, maybe, locale, place: words.place });
    const parties = new Map((document.parties ?? []).map((party) => [party.id, party]));
    const amounts = new Map<string, PlanNode['amount']>();
    for (const flows of [inner, outer]) {
      const months = flows?.periods.map((one) => one.month) ?? [];
      for (const station of flows?.stations ?? []) {
        const amount = station.amounts[at]?.through;
        if (!flows || !amount || !station.id.startsWith('tier:')) continue;
        const text = amount.minor === 0 ? DASH : formatWhole(amount, locale);
        amounts.set(station.id.slice(5), {
          text:
            amount.minor === 0
              ? DASH
              : Math.abs(amount.minor) >= 1e8
                ? `${formatMillions(amount, locale, 2)} m`
                : text,
          address: flowAddress({ months, view: flows.view }, station.id, at),
        });
      }
    }
    const payee = (tier: PlanTier) =>
      tier.takes.payee ? (parties.get(tier.takes.payee)?.name ?? tier.takes.payee) : '';
    return planGraph(plan, findings, {
      tier: (tier) => tier.label ?? maybe(`tier.${tier.role ?? 'other'}`, tier.id),
      note: (tier) => {
        const members = tier.takes.members?.length ?? 0;
        if (members > 0)
          return t(tier.takes.kind === 'steps' ? 'graph.steps' : 'graph.together', { count: members });
        if (tier.takes.kind === 'reserve') {
          return t('graph.reserve', {
            rate: tier.takes.rate ? formatRate(tier.takes.rate, locale) : '',
            count: tier.takes.release_months ?? 0,
          });
        }
        return [payee(tier), limitText(tier.takes, names)].filter(Boolean).join(', ');
      },
      conditions: (tier) => (tier.takes.while ?? []).map((one) => conditionSentence(one, names)),
      party: (id) => ({ name: parties.get(id)?.name ?? id, role: parties.get(id)?.role }),
      source: (id) =>
        document.revenue?.sources?.find((one) => one.id === id)?.label ?? id.replace(/[_-]/g, ' '),
      enters: t('graph.enters'),
      residual: t('graph.residual'),
      leftOver: t('flow.station.left_over'),
      unpaid: t('graph.unpaid'),
      amount: (id) => amounts.get(id) ?? null,
    });
    // The words of places are made anew with every rendering, of the same language.
  }, [plan, findings, document, inner, outer, at, t, maybe, locale]);
  return { data, month: outer?.periods[at]?.end ?? null };
}

const NONE: ReadonlySet<string> = new Set();

function groupsOf(tiers: readonly PlanTier[]): string[] {
  return tiers.flatMap((tier) => (tier.takes.members ? [tier.id, ...groupsOf(tier.takes.members)] : []));
}

type Search = {
  words: string;
  found: ReadonlySet<string> | null;
  at: number;
  centred: { id: string; asked: number } | null;
  input: React.RefObject<HTMLInputElement | null>;
  onWords: (words: string) => void;
  onStep: (step: 1 | -1) => void;
  onKey: (event: React.KeyboardEvent) => void;
};

function useSearchIn(data: PlanGraphData, closed: ReadonlySet<string>, toggle: (id: string) => void): Search {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const wanted = useDeferredValue(words);
  const hits = useMemo(() => matches(data.nodes, wanted), [data, wanted]);
  // A tier that was chosen in the palette is shown until something is searched for.
  const { tier } = useSearch({ strict: false }) as { tier?: string };
  const found = useMemo(() => {
    if (wanted.trim() !== '') return new Set(hits);
    return tier === undefined ? null : new Set([tier]);
  }, [hits, wanted, tier]);
  const id = hits[at] ?? (wanted.trim() === '' ? (tier ?? null) : null);
  // What is found inside closed groups opens them, once: a group that is closed again stays so.
  const hidden =
    id === null
      ? []
      : wayTo(data.nodes, id)
          .slice(0, -1)
          .filter((group) => closed.has(group.id));
  const isHidden = hidden.length > 0;
  useEffect(() => {
    for (const group of hidden) toggle(group.id);
  }, [id, asked, toggle]);
  const centred = useMemo(() => (id === null || isHidden ? null : { id, asked }), [id, isHidden, asked]);
  return {
    words,
    found,
    at,
    centred,
    input,
    onWords: (next) => {
      setWords(next);
      setAt(0);
    },
    onStep: (step) => {
      if (hits.length === 0) return;
      setAt((before) => (before + step + hits.length) % hits.length);
      setAsked((before) => before + 1);
    },
    onKey: (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  };
}

function SearchBox({ words, found, at, input, onWords, onStep }: Search) {
  const { t } = useText();
  const count = found?.size ?? 0;
  return (
    <div className="graph-search" role="search">
      <input
        ref={input}
        type="search"
        className="input"
        value={words}
        placeholder={t('graph.search')}
        aria-label={t('graph.search')}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') onWords('');
        }}
      />
      <span className="sub" role="status">
        {found === null || words.trim() === ''
          ? ''
          : count === 0
            ? t('graph.found.none')
            : t('graph.found', { at: at + 1, count })}
      </span>
    </div>
  );
}

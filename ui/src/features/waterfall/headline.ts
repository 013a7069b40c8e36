import type { FlowsView } from '../../api/bindings.ts';
import type { FlowData } from '../../charts/recoupment-sankey/data.ts';
import { flowAddress } from '../../charts/recoupment-sankey/data.ts';
import { formatMillions } from '../../domain/money.ts';
import type { Translate } from '../../i18n/index.tsx';

type Told = { text: string; about: string };

/** What is true at the end of a period, and the figures it states. */
export function headlineOf(
  flows: FlowsView,
  data: FlowData,
  period: number,
  words: { t: Translate; locale: string; period: string; tier: (id: string) => string },
): Told {
  const { t, locale } = words;
  const total = (id: string) => flows.totals.find((one) => one.id === id)?.amounts[period]?.through;
  const address = (id: string) => flowAddress(data, id, period);
  const open = flows.periods[period]?.open ?? [];
  const [shared, paid] = [total('shared'), total('paid')];
  if (open.length === 0) {
    return shared && shared.minor > 0
      ? {
          text: t('flow.headline.shared', {
            period: words.period,
            amount: formatMillions(shared, locale, 2),
          }),
          about: address('shared'),
        }
      : { text: t('flow.headline.paid', { period: words.period }), about: address('paid') };
  }
  const count = open.length - 1;
  const params = {
    period: words.period,
    amount: paid ? formatMillions(paid, locale, 2) : '',
    tier: words.tier(open[0] ?? ''),
    count,
  };
  return { text: t(count > 0 ? 'flow.headline.open' : 'flow.headline.last', params), about: address('paid') };
}

/** What of all that the film earns reaches the account by then. */
export function titleOf(
  flows: FlowsView,
  data: FlowData,
  period: number,
  t: Translate,
  locale: string,
): Told {
  const total = (id: string) => flows.totals.find((one) => one.id === id)?.amounts[period]?.through;
  const [gross, received] = [total('gross'), total('received')];
  if (!gross || !received || gross.minor <= 0) return { text: t('sankey.title.plain'), about: '' };
  // With credits that outlast their loans more may come in than the film earns.
  if (received.minor > gross.minor) {
    return {
      text: t('flow.title.account', { account: formatMillions(received, locale) }),
      about: flowAddress(data, 'received', period),
    };
  }
  return {
    text: t('sankey.title', {
      gross: formatMillions(gross, locale),
      account: formatMillions(received, locale),
    }),
    about: ['gross', 'received'].map((id) => flowAddress(data, id, period)).join(' '),
  };
}

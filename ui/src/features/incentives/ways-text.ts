import type { FigureDto, WayDto, WayEventDto } from '../../api/bindings.ts';
import type { Translate } from '../../i18n/index.tsx';

export function dateOf(figure: FigureDto | null | undefined): string | null {
  return figure?.value.kind === 'date' ? figure.value.date : null;
}

export function wayName(way: string, t: Translate): string {
  switch (way) {
    case 'loan':
      return t('ways.loan');
    case 'transfer':
      return t('ways.transfer');
    case 'offset':
      return t('ways.offset');
    default:
      return t('ways.direct');
  }
}

/** Why a way is not open: in the law's words where it has some, else for what kind of money it is. */
export function closedText(way: WayDto, t: Translate): string {
  if ((way.closed === 'by_law' || way.closed === 'condition_fails') && way.ground) return way.ground;
  switch (way.closed) {
    case 'not_for_sale':
      return t('ways.closed.not_for_sale');
    case 'no_tax':
      return t('ways.closed.no_tax');
    case 'not_paid_out':
      return t('ways.closed.not_paid_out');
    case 'same_as_direct':
      return t('ways.closed.same_as_direct');
    case 'nothing_to_lend_on':
      return t('ways.closed.nothing_to_lend_on');
    default:
      return t('ways.closed.by_law');
  }
}

export function eventText(event: WayEventDto, t: Translate): string {
  if (event.kind === 'advance') return t('ways.event.advance');
  if (event.kind === 'interest') return t('ways.event.interest');
  return event.label === 'Payment' ? t('ways.event.payment') : event.label;
}

export function statusText(status: string | null, t: Translate): string | null {
  switch (status) {
    case 'estimated':
      return t('ways.status.estimated');
    case 'applied':
      return t('ways.status.applied');
    case 'awarded':
      return t('ways.status.awarded');
    case 'certified':
      return t('ways.status.certified');
    case 'paid':
      return t('ways.status.paid');
    case 'refused':
      return t('ways.status.refused');
    default:
      return null;
  }
}

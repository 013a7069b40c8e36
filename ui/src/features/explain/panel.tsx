import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Refusal } from '../../api/errors.ts';
import { IconButton } from '../../components/button.tsx';
import { type DerivationNode, DerivationTree, derivationText } from '../../components/derivation.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { goToCell } from '../shell/go-to.ts';
import { useBook } from '../workspace/figures.ts';
import { derive, valueText } from './derive.ts';
import { isSheet, useDeriveWords, useExplanation, usePanel } from './provider.tsx';

/** The derivation of the figure that is open. It pushes the page and never covers a figure. */
export function ExplainPanel() {
  const { t } = useText();
  const { address, open, previous, back } = usePanel();
  const explanation = useExplanation(address);
  const words = useDeriveWords();
  const navigate = useNavigate();
  const notify = useToast();
  const head = useRef<HTMLHeadingElement>(null);
  const opener = useRef<HTMLElement | null>(null);

  useEffect(() => {
    if (address === null) return;
    if (!head.current?.closest('.panel')?.contains(document.activeElement)) {
      opener.current = document.activeElement as HTMLElement | null;
    }
    head.current?.closest('.panel')?.scrollTo?.(0, 0);
    head.current?.focus();
  }, [address]);

  if (address === null) return null;
  const close = () => {
    open(null);
    opener.current?.focus();
  };
  const root = explanation.data ? derive(explanation.data, words) : null;
  const copy = async () => {
    if (!root) return;
    await navigator.clipboard.writeText(derivationText(root));
    notify(t('panel.copied'));
  };
  return (
    <aside
      className="panel"
      aria-label={t('panel.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        if (previous !== null && goesBack(event)) {
          event.preventDefault();
          back();
        }
      }}
    >
      <div className="panel-head">
        {previous !== null ? (
          <IconButton icon="back" label={t('panel.back', { label: words.label(previous) })} onClick={back} />
        ) : null}
        <h2 ref={head} tabIndex={-1}>
          {t('panel.title')}
        </h2>
        <IconButton icon="copy" label={t('panel.copy')} onClick={() => void copy()} />
        <IconButton icon="close" label={t('close')} onClick={close} />
      </div>
      {explanation.error instanceof Refusal ? (
        <Fault fault={explanation.error} onRetry={() => void explanation.refetch()} />
      ) : null}
      {explanation.isPending ? <Coming address={address} /> : null}
      {root ? (
        <div className="derivation">
          <div>
            <p className="sub">{root.label}</p>
            <p className="derivation-value">{root.value}</p>
            {root.how || root.rounding ? (
              <p className="branch-how mono">{[root.how, root.rounding].filter(Boolean).join(' · ')}</p>
            ) : null}
            <code className="sub">{address}</code>
          </div>
          <DerivationTree
            root={standing(root)}
            labels={{
              expand: (label) => t('panel.expand', { label }),
              collapse: (label) => t('panel.collapse', { label }),
              open: (label) => t('panel.open', { label }),
            }}
            onFollow={open}
            onCell={(path) => {
              if (isSheet()) open(null);
              void goToCell(path, navigate);
            }}
          />
        </div>
      ) : null}
    </aside>
  );
}

/** A figure that is itself a cell or a clause stands as its own only branch: whence it comes is said there. */
function standing(root: DerivationNode): DerivationNode {
  return root.leaf && root.inputs.length === 0 ? { ...root, inputs: [{ ...root, address: null }] } : root;
}

/** What is known of the figure before its tree is there, and the shape of the tree. */
function Coming({ address }: { address: string }) {
  const { t } = useText();
  const words = useDeriveWords();
  const value = useBook().at(address);
  return (
    <div className="derivation" aria-busy="true">
      <div>
        <p className="sub">{words.label(address)}</p>
        {value ? <p className="derivation-value">{valueText(value, address, words)}</p> : null}
        <code className="sub">{address}</code>
      </div>
      <Skeleton label={t('panel.loading')} rows={6} />
    </div>
  );
}

/** As in a browser: Alt with the left arrow, or Backspace. */
function goesBack(event: KeyboardEvent): boolean {
  const isArrow = event.altKey && event.key === 'ArrowLeft';
  return isArrow || (event.key === 'Backspace' && !event.altKey && !event.ctrlKey && !event.metaKey);
}

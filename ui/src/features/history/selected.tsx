import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type RevisionEntry } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useDeal } from '../workspace/desk.tsx';
import { Comparison } from './comparison.tsx';
import { formatMoment, useRevisionWords } from './revisions.ts';

type Props = { revision: RevisionEntry; onUnselect: () => void };

/** One revision: what it changed, the names it bears, and the way back to it. */
export function Selected({ revision, onUnselect }: Props) {
  const { t, locale } = useText();
  const words = useRevisionWords();
  const desk = useDeal();
  const notify = useToast();
  const [isBusy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    const { deal } = desk.view;
    const outcome = await desk.take(() =>
      take(commands.restoreRevision({ deal, revision: revision.revision })),
    );
    setBusy(false);
    if (outcome.refusal) return;
    onUnselect();
    notify(t('history.restored.note', { number: revision.number }), { label: t('undo'), run: desk.undo });
  };
  return (
    <div className="stack">
      <div className="row-wrap">
        <h2>{t('history.one', { number: revision.number, what: words(revision) })}</h2>
        <Button
          className="push"
          icon="history"
          disabled={revision.current || isBusy}
          onClick={() => void restore()}
        >
          {t('history.restore')}
        </Button>
      </div>
      <p className="sub">{`${formatMoment(revision.at, locale)} · ${revision.author}`}</p>
      <Names revision={revision} />
      <Comparison deal={desk.view.deal} from={null} to={revision.revision} />
    </div>
  );
}

function Names({ revision }: { revision: RevisionEntry }) {
  const { t } = useText();
  const { view } = useDeal();
  const client = useQueryClient();
  const notify = useToast();
  const told = useFaultText();
  const [name, setName] = useState('');
  const [names, setNames] = useState(revision.names);
  const [wrong, setWrong] = useState<string | null>(null);
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['revisions'] });
  };
  const give = async () => {
    try {
      const request = { deal: view.deal, revision: revision.revision, name };
      const named = await take(commands.nameVersion(request));
      setNames((before) => [...before, ...named.names]);
      setName('');
      setWrong(null);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      setWrong(told(fault));
      return;
    }
    await refresh();
  };
  const takeAway = async (version: string) => {
    try {
      await take(commands.unnameVersion({ deal: view.deal, version }));
      setNames((before) => before.filter((one) => one.version !== version));
    } catch (fault) {
      notify(told(fault));
    }
    await refresh();
  };
  const copyLink = async () => {
    const address = new URL(window.location.href);
    address.hash = `#/history?revision=${encodeURIComponent(revision.revision)}`;
    await navigator.clipboard.writeText(address.toString());
    notify(t('history.link.copied'));
  };
  return (
    <form
      className="version-names"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      {names.length > 0 ? (
        <ul className="stack" aria-label={t('history.names')}>
          {names.map((one) => (
            <li key={one.version} className="row-wrap">
              <span className="strong">{one.name}</span>
              <Button look="quiet" onClick={() => void takeAway(one.version)}>
                {t('history.unname', { name: one.name })}
              </Button>
              <Button look="quiet" icon="copy" onClick={() => void copyLink()}>
                {t('history.link')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="row-wrap version-add">
        <TextInput label={t('history.name')} value={name} onChange={setName} error={wrong} />
        <button type="submit" className="button button-plain">
          {t('history.name.give')}
        </button>
      </div>
    </form>
  );
}

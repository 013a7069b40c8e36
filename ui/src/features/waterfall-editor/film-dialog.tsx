import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type FilmPlan, type FilmSource } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useDeal, useOpenDeals } from '../workspace/desk.tsx';
import type { Names } from './names.ts';
import { missing, Parameters, suggested, type Values } from './parameters.tsx';
import { PlaceChoice, placesOf } from './place-choice.tsx';
import type { Plan } from './plan.ts';
import { Preview, usePreview } from './preview.tsx';

type Props = { plan: Plan; names: Names; after: string | null; onClose: () => void };

/** The order of another film of the library, of an open deal or of a file, with this film's parties in it. */
export function FilmDialog(props: Props) {
  const { t } = useText();
  const [from, setFrom] = useState<FilmSource | null>(null);
  return (
    <Dialog open onOpenChange={props.onClose} title={t('film.title')} closeLabel={t('close')}>
      <div className="terms tpl">
        {from === null ? (
          <Films onChoose={setFrom} />
        ) : (
          <Film {...props} from={from} onBack={() => setFrom(null)} />
        )}
      </div>
    </Dialog>
  );
}

const NOWHERE: FilmSource = { project: null, deal: null, text: null };

function Films({ onChoose }: { onChoose: (from: FilmSource) => void }) {
  const { t } = useText();
  const { view } = useDeal();
  const open = useOpenDeals().filter((one) => one.deal !== view.deal);
  const library = useQuery({
    queryKey: ['library-films'],
    queryFn: () =>
      take(
        commands.listProjects({
          search: '',
          bin: false,
          sort: 'updated',
          descending: true,
          page: 1,
        } as Parameters<typeof commands.listProjects>[0]),
      ),
    // A library that is locked or not there has no films to offer.
    retry: false,
  });
  const projects = (library.data?.projects ?? []).filter((one) => one.project !== view.project);
  return (
    <div className="tpl-films">
      <h3 className="sub strong">{t('film.which')}</h3>
      {open.length + projects.length === 0 ? <p className="sub">{t('film.none')}</p> : null}
      {open.map((one) => (
        <Button key={one.deal} onClick={() => onChoose({ ...NOWHERE, deal: one.deal })}>
          {`${one.name} (${t('film.open')})`}
        </Button>
      ))}
      {projects.map((one) => (
        <Button key={one.project} onClick={() => onChoose({ ...NOWHERE, project: one.project })}>
          {one.name}
        </Button>
      ))}
      <FileButton
        label={t('film.file')}
        accept=".json,application/json"
        onFile={(file) => void file.text().then((text) => onChoose({ ...NOWHERE, text }))}
      />
    </div>
  );
}

function Film(props: Props & { from: FilmSource; onBack: () => void }) {
  const { from, onBack } = props;
  const { t, language } = useText();
  const { view } = useDeal();
  const [tiers, setTiers] = useState<readonly string[]>([]);
  const query = useQuery({
    queryKey: ['film-plan', view.deal, view.revision, language, from, tiers],
    queryFn: () => take(commands.readFilmPlan({ deal: view.deal, from, tiers: [...tiers], language })),
    placeholderData: (before) => before,
    retry: false,
  });
  return (
    <>
      <Button look="quiet" icon="back" onClick={onBack}>
        {t('film.back')}
      </Button>
      {query.error instanceof Refusal ? (
        <Fault fault={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton label={t('pages.loading')} rows={6} /> : null}
      {query.data ? <Taken {...props} film={query.data} tiers={tiers} onTiers={setTiers} /> : null}
    </>
  );
}

type TakenProps = Props & {
  from: FilmSource;
  film: FilmPlan;
  tiers: readonly string[];
  onTiers: (tiers: readonly string[]) => void;
};

function Taken({ from, film, tiers, onTiers, plan, names, after, onClose }: TakenProps) {
  const { t } = useText();
  const { take: run } = useDeal();
  const [typed, setTyped] = useState<Values>({});
  const values: Values = Object.fromEntries(
    Object.entries({ ...suggested(film.parameters), ...typed }).filter(([, value]) => value !== ''),
  );
  const places = placesOf(plan, after, names, t);
  const [place, setPlace] = useState('replace');
  const to = places.find((one) => one.value === place)?.to ?? null;
  const isReady = missing(film.parameters, values).length === 0;
  const change = { kind: 'copy', from, tiers: [...tiers], values, to };
  const preview = usePreview(isReady ? change : null);
  const copy = async () => {
    const { refusal } = await run((view) => {
      if (!view) return Promise.reject(new Refusal('NOT_FOUND', ''));
      const { deal, revision } = view;
      return take(commands.copyPlan({ deal, revision, from, tiers: [...tiers], values: { ...values }, to }));
    });
    if (!refusal) onClose();
  };
  const toggle = (tier: string, taken: boolean) =>
    onTiers(film.tiers.map((one) => one.tier).filter((one) => (one === tier ? taken : tiers.includes(one))));
  return (
    <div className="tpl-chosen" data-about="recoupment">
      <h3>{t('film.in', { name: film.name, currency: film.currency })}</h3>
      <fieldset className="film-tiers">
        <legend className="sub strong">{t('film.tiers')}</legend>
        <label className="check">
          <input type="checkbox" checked={tiers.length === 0} onChange={() => onTiers([])} />
          {t('film.all')}
        </label>
        {film.tiers.map((one) => (
          <label key={one.tier} className="check">
            <input
              type="checkbox"
              checked={tiers.includes(one.tier)}
              onChange={(event) => toggle(one.tier, event.target.checked)}
            />
            {[one.label ?? one.tier, one.members.join(', ')].filter(Boolean).join(': ')}
          </label>
        ))}
      </fieldset>
      {film.parameters.length > 0 ? <h3 className="sub strong">{t('film.map')}</h3> : null}
      <Parameters
        parameters={film.parameters}
        values={values}
        names={names}
        onPut={(parameter, value) => setTyped((before) => ({ ...before, [parameter]: value ?? '' }))}
      />
      <PlaceChoice places={places} value={place} onPut={setPlace} />
      <Preview preview={preview.data} fault={preview.error} before={plan} names={names} />
      <div className="dialog-actions">
        <Button look="primary" disabled={!isReady || preview.isError} onClick={() => void copy()}>
          {t('film.take')}
        </Button>
      </div>
    </div>
  );
}

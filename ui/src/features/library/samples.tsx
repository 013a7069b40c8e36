import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { commands } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { FIRST_PAGE } from '../shell/navigation.ts';
import { useDesk } from '../workspace/desk.tsx';

/** What a deal file is known by. */
export const DEAL_FILES = '.json,.recoup,application/json';

export const samplesQuery = { queryKey: ['samples'], queryFn: () => take(commands.listSamples({})) };

/** A look around without any form: the sample deals, a deal file, the deal that is open already. */
export function Samples({ note, isMain }: { note: string; isMain: boolean }) {
  const { t } = useText();
  const { view, openSample, openText } = useDesk();
  const navigate = useNavigate();
  const samples = useQuery(samplesQuery);
  const enter = async (opened: Promise<boolean>) => {
    if (await opened) await navigate({ to: FIRST_PAGE });
  };
  const open = async (file: File) => enter(openText(await file.text()));
  return (
    <section className="stack" aria-label={t('welcome.samples')}>
      <h2>{t('welcome.samples')}</h2>
      <p className="sub">{note}</p>
      {samples.error instanceof Refusal ? (
        <Fault fault={samples.error} onRetry={() => void samples.refetch()} />
      ) : null}
      {samples.isPending ? <Skeleton label={t('welcome.samples')} rows={3} /> : null}
      {samples.data ? (
        <ul className="lead-list">
          {samples.data.samples.map((sample, at) => (
            <li key={sample.sample}>
              <span>
                <span className="strong">{sample.name}</span> <span className="sub">{sample.currency}</span>
              </span>
              <Button
                look={isMain && at === 0 ? 'primary' : 'plain'}
                aria-label={t('welcome.explore.name', { name: sample.name })}
                onClick={() => void enter(openSample(sample.sample))}
              >
                {t('welcome.explore')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="row-wrap">
        <FileButton label={t('welcome.open')} accept={DEAL_FILES} onFile={(file) => void open(file)} />
        {view ? (
          <Button icon="arrow" onClick={() => void navigate({ to: FIRST_PAGE })}>
            {t('welcome.continue', { name: view.name })}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

import { useState } from 'react';
import type { IssuedPack } from '../../api/bindings.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { Comparison } from '../history/comparison.tsx';
import { formatMoment } from '../history/revisions.ts';
import { useDeal } from '../workspace/desk.tsx';

/** The packs that were handed out, and what has changed since each. */
export function IssuedPacks({ packs }: { packs: readonly IssuedPack[] }) {
  const { t, locale, maybe } = useText();
  const { view } = useDeal();
  const notify = useToast();
  const [since, setSince] = useState<IssuedPack | null>(null);
  if (packs.length === 0) return <p className="sub">{t('packs.none')}</p>;
  const copy = async (checksum: string) => {
    await navigator.clipboard.writeText(checksum);
    notify(t('packs.copied'));
  };
  return (
    <>
      <div className="scroll-x">
        <table className="table" aria-label={t('packs.issued')}>
          <thead>
            <tr>
              <th scope="col">{t('packs.file')}</th>
              <th scope="col">{t('packs.reader')}</th>
              <th scope="col">{t('packs.revision')}</th>
              <th scope="col">{t('packs.when')}</th>
              <th scope="col">{t('packs.checksum')}</th>
              <th scope="col">{t('packs.since')}</th>
            </tr>
          </thead>
          <tbody>
            {packs.map((pack) => (
              <tr key={`${pack.file} ${pack.at}`} className={pack === since ? 'selected' : ''}>
                <td className="text formula">{pack.file}</td>
                <td>{maybe(`packs.reader.${pack.reader}`, pack.reader)}</td>
                <td>{t('top.revision', { number: pack.number })}</td>
                <td>{`${formatMoment(pack.at, locale)} · ${pack.author}`}</td>
                <td className="mono formula">
                  <span className="row-flex">
                    <span>{pack.checksum}</span>
                    <IconButton
                      icon="copy"
                      label={t('packs.copy', { file: pack.file })}
                      onClick={() => void copy(pack.checksum)}
                    />
                  </span>
                </td>
                <td>
                  {pack.number === view.number ? (
                    <span className="sub">{t('packs.current')}</span>
                  ) : (
                    <Button
                      aria-expanded={pack === since}
                      aria-label={t('packs.since.name', { file: pack.file })}
                      onClick={() => setSince(pack === since ? null : pack)}
                    >
                      {pack === since ? t('packs.since.hide') : t('packs.since.show')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {since ? <Since pack={since} /> : null}
    </>
  );
}

function Since({ pack }: { pack: IssuedPack }) {
  const { t } = useText();
  const { view } = useDeal();
  return (
    <section className="stack pack-since" aria-label={t('packs.since.title', { number: pack.number })}>
      <h3>{t('packs.since.title', { number: pack.number })}</h3>
      <Comparison deal={view.deal} from={pack.revision} to={null} />
    </section>
  );
}

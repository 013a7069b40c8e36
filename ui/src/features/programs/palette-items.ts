import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import type { PaletteItem } from '../../components/palette.tsx';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { useOwnPrograms } from './own.ts';

/** Every program on file and one's own in the palette; choosing one opens its sheet. */
export function useProgramPalette(): PaletteItem[] {
  const { t, language } = useText();
  const { place } = useWords();
  const navigate = useNavigate();
  const library = useQuery({
    queryKey: ['programs', '', language],
    queryFn: () => take(commands.searchPrograms({ words: null, language })),
  });
  const { programs: own } = useOwnPrograms();
  return useMemo(() => {
    const mine = own.flatMap(({ entry }) => entry ?? []);
    return [...mine, ...(library.data?.programs ?? [])].map((one) => ({
      id: `program-${one.program}`,
      group: t('palette.programs'),
      label: one.name,
      detail: one.origin === 'own' ? t('programs.own_unverified') : place(one.jurisdiction),
      icon: 'incentives' as const,
      run: () => void navigate({ to: '/programs', search: { program: one.program } }),
    }));
  }, [own, library.data, t, navigate]);
}

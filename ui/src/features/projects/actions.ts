import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { commands, type ProjectEntry } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { FIRST_PAGE } from '../shell/navigation.ts';
import { useFaultText } from '../shell/refusal.ts';
import { useDesk } from '../workspace/desk.tsx';

export type Actions = {
  open: (project: ProjectEntry) => Promise<void>;
  copy: (project: ProjectEntry) => Promise<void>;
  exportFile: (project: ProjectEntry) => Promise<void>;
  bin: (project: ProjectEntry) => Promise<void>;
  restore: (project: ProjectEntry) => Promise<void>;
  purge: (project: ProjectEntry) => Promise<void>;
  importText: (text: string) => Promise<void>;
  /** Asks for the list, and for what hangs on it, again. */
  refresh: () => Promise<void>;
};

/** What can be done with a project of the list. Whatever goes wrong is told, and nothing is changed by it. */
export function useProjectActions(): Actions {
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useToast();
  const told = useFaultText();
  const { t } = useText();
  const desk = useDesk();
  const refresh = useCallback(() => client.invalidateQueries(), [client]);

  return useMemo<Actions>(() => {
    const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
      try {
        return await work();
      } catch (fault) {
        notify(told(fault));
        return null;
      } finally {
        await refresh();
      }
    };
    const restore = async ({ project }: ProjectEntry) => {
      const back = await attempt(() => take(commands.restoreProject({ project })));
      if (back) notify(t('projects.restored', { name: back.name }));
    };
    return {
      refresh,
      restore,
      open: async ({ project, step }) => {
        if (!(await desk.openProject(project))) return;
        if (step === null) await navigate({ to: FIRST_PAGE });
        else await navigate({ to: '/setup/$step', params: { step: String(step) } });
      },
      copy: async ({ project }) => {
        const copy = await attempt(() => take(commands.copyProject({ project })));
        if (copy) notify(t('projects.copied', { name: copy.name }));
      },
      exportFile: async ({ project }) => {
        await attempt(async () => {
          const file = await take(commands.exportProject({ project }));
          notify(t('projects.exported', { file: file.place }));
        });
      },
      bin: async (entry) => {
        const gone = await attempt(() => take(commands.binProject({ project: entry.project })));
        if (gone) {
          const back = { label: t('undo'), run: () => void restore(gone) };
          notify(t('projects.binned', { name: gone.name }), back);
        }
      },
      purge: async ({ project }) => {
        const gone = await attempt(() => take(commands.purgeProject({ project })));
        if (gone) notify(t('projects.purged', { name: gone.name }));
      },
      importText: async (text) => {
        const outcome = await desk.take(async () => {
          const { deal } = await take(commands.openDealFile({ text }));
          try {
            return await take(commands.keepDeal({ deal, name: null }));
          } catch (fault) {
            await take(commands.closeDeal({ deal }));
            throw fault;
          }
        });
        if (outcome.view) await navigate({ to: FIRST_PAGE });
      },
    };
  }, [desk, navigate, notify, refresh, t, told]);
}

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useConfirm } from './confirm';
import { useNotify } from './notify';

interface Props {
  id: string;
  /** Called with the id once the person has confirmed. */
  remove: UseMutationResult<unknown, Error, string>;
  title: string;
  hint: string;
}

/** Deletes a row of a table, after asking. */
export function DeleteButton({ id, remove, title, hint }: Props) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const notify = useNotify();
  return (
    <Tooltip label={t('action.delete')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${t('action.delete')}: ${title}`}
        loading={remove.isPending && remove.variables === id}
        onClick={() => {
          confirm({
            title,
            hint,
            onConfirm: () => {
              remove.mutate(id, {
                onSuccess: () => {
                  notify.done(t('network.deleted'));
                },
                onError: notify.problem,
              });
            },
          });
        }}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

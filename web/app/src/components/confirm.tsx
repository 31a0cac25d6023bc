import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';

interface Question {
  title: string;
  hint: string;
  /** The word on the button that does it; "delete" by default. */
  action?: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. */
export function useConfirm(): (question: Question) => void {
  const { t } = useTranslation();
  return ({ title, hint, action, onConfirm }) => {
    modals.openConfirmModal({
      title,
      children: <Text size="sm">{hint}</Text>,
      labels: { confirm: action ?? t('action.delete'), cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm,
    });
  };
}

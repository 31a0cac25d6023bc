import { Button, Group, Modal, type ModalProps, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface FrameProps {
  title: string;
  opened: boolean;
  close: () => void;
  size?: ModalProps['size'];
  children: ReactNode;
}

/** The dialog of a form; its fields start anew each time it opens. */
export function FormModal({ title, opened, close, size = 'md', children }: FrameProps) {
  return (
    <Modal opened={opened} onClose={close} title={title} size={size}>
      {children}
    </Modal>
  );
}

interface BodyProps {
  submit: (event: FormEvent<HTMLFormElement>) => void;
  close: () => void;
  pending: boolean;
  error: unknown;
  /** The word on the button that sends; "save" by default. */
  action?: string;
  children: ReactNode;
}

/** The inside of such a dialog: what went wrong, the fields, the two buttons. */
export function FormBody({ submit, close, pending, error, action, children }: BodyProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <ProblemAlert error={error} />
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {action ?? t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

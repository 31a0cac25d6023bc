import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useProblemText } from './problem-text';

interface Props {
  error: unknown;
  /** Shown as a button when the call can be made again. */
  retry?: () => void;
}

/** What went wrong, in plain words, where the result would have been. */
export function ProblemAlert({ error, retry }: Props) {
  const { t } = useTranslation();
  const say = useProblemText();
  if (!error) return null;
  const { title, detail, help } = say(error);
  const Icon = problemOf(error).code === 'offline' ? IconCloudOff : IconAlertTriangle;
  return (
    <Alert color="red" variant="light" icon={<Icon size={20} />} title={title} role="alert">
      {detail && <Text size="sm">{detail}</Text>}
      {help && (
        <Text size="sm" c={detail ? 'var(--parc-quiet)' : undefined}>
          {help}
        </Text>
      )}
      {retry && (
        <Button size="xs" variant="default" mt="sm" onClick={retry}>
          {t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}

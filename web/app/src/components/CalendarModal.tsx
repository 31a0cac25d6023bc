import { Button, CopyButton, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconCalendarPlus, IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarsQuery, useCreateCalendar, useDeleteCalendar } from '@/api/calendars';
import { useLanguage } from '@/i18n';
import { DeleteButton } from './DeleteButton';
import { useFormats } from './formats';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  /** Only this client; absent: every client that the person may see. */
  client?: { id: string; name: string };
  opened: boolean;
  close: () => void;
}

/** Makes the address of a calendar of what ends, and takes addresses away. */
export function CalendarModal({ client, opened, close }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={close} title={t('calendar.title')} size="lg">
      <Inside client={client} />
    </Modal>
  );
}

function Inside({ client }: Pick<Props, 'client'>) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const create = useCreateCalendar();
  const address = create.data && window.location.origin + create.data.path;
  return (
    <Stack>
      <Text size="sm">{client ? t('calendar.ofClient', { name: client.name }) : t('calendar.ofAll')}</Text>
      <ProblemAlert error={create.error} />
      {address ? (
        <>
          <Group wrap="nowrap" align="end">
            <TextInput
              label={t('calendar.address')}
              value={address}
              readOnly
              style={{ flex: 1 }}
              onFocus={(event) => {
                event.currentTarget.select();
              }}
            />
            <CopyButton value={address}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                  {t(copied ? 'action.copied' : 'action.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Text size="sm" c="var(--parc-quiet)">
            {t('calendar.once')}
          </Text>
          <Group>
            <Button component="a" href={address.replace(/^https?:/, 'webcal:')} variant="light" leftSection={<IconCalendarPlus size={16} />}>
              {t('calendar.open')}
            </Button>
          </Group>
        </>
      ) : (
        <Group>
          <Button
            leftSection={<IconCalendarPlus size={16} />}
            loading={create.isPending}
            onClick={() => {
              create.mutate({ lang: language, name: client?.name ?? '', ...(client && { client_id: client.id }) });
            }}
          >
            {t('calendar.make')}
          </Button>
        </Group>
      )}
      <Addresses />
    </Stack>
  );
}

/** The addresses that the person has made, to take them away. */
function Addresses() {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const { data } = useQuery(calendarsQuery());
  const remove = useDeleteCalendar();
  if (!data?.items.length) return null;
  return (
    <Table aria-label={t('calendar.mine')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('calendar.mine')}</Table.Th>
          <Table.Th>{t('calendar.made')}</Table.Th>
          <Table.Th>{t('calendar.read')}</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {data.items.map((c) => (
          <Table.Tr key={c.id}>
            <Table.Td>{c.name || t('calendar.allClients')}</Table.Td>
            <Table.Td>{instant(c.created_at)}</Table.Td>
            <Table.Td>{c.last_used_at ? instant(c.last_used_at) : t('calendar.never')}</Table.Td>
            <Table.Td ta="right">
              <DeleteButton id={c.id} remove={remove} title={t('calendar.remove')} hint={t('calendar.removeHint')} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

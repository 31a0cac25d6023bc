import { Alert, Button, Checkbox, FileInput, Group, Select, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostAttachment } from '@/api/attachments';
import { sitesQuery } from '@/api/clients';
import { useImport, usePreviewImport } from '@/api/imports';
import { useNotify } from '@/components/notify';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { ImportColumns } from './ImportColumns';
import { ImportCounts } from './ImportCounts';
import { ImportRows } from './ImportRows';

/** Takes a file in, in three looks: its columns, what each row would do, what was done. */
export function ImportFile({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const sites = useQuery(sitesQuery(clientId)).data?.items ?? [];
  const [file, setFile] = useState<File | null>(null);
  const [siteId, setSiteId] = useState<string | null>(null);
  const [mapping, setMapping] = useState<Record<string, string>>();
  const [skipBad, setSkipBad] = useState(false);
  const preview = usePreviewImport(clientId);
  const take = useImport(clientId);
  const tooLarge = file !== null && file.size > mostAttachment;

  const look = (chosen: File | null, columns?: Record<string, string>, site = siteId) => {
    setFile(chosen);
    setMapping(columns);
    take.reset();
    preview.reset();
    if (chosen && chosen.size <= mostAttachment) preview.mutate({ file: chosen, mapping: columns, siteId: site ?? undefined });
  };
  const store = () => {
    if (!file) return;
    take.mutate(
      { file, mapping: mapping ?? targetsOf(preview.data?.columns), siteId: siteId ?? undefined, skipBad },
      {
        onSuccess: ({ import: done }) => {
          notify.done(t('import.done', { count: done.created + done.updated }));
          look(null);
          setSkipBad(false);
        },
      },
    );
  };
  const seen = preview.data;
  const understood = seen && !seen.problem;
  return (
    <Section title={t('import.title')}>
      <Stack>
        <Text size="sm" c="var(--parc-quiet)">
          {t('import.help')}
        </Text>
        <Group align="flex-start">
          <FileInput
            w={320}
            label={t('import.file')}
            placeholder={t('import.choose')}
            accept=".csv,.tsv,.txt,.xlsx"
            leftSection={<IconFileSpreadsheet size={16} />}
            clearable
            value={file}
            error={tooLarge ? t('attachment.tooLarge') : undefined}
            onChange={(chosen) => {
              look(chosen);
            }}
          />
          {sites.length > 1 && (
            <Select
              w={240}
              label={t('import.site')}
              clearable
              value={siteId}
              onChange={(site) => {
                setSiteId(site);
                look(file, mapping, site);
              }}
              data={sites.map((s) => ({ value: s.id, label: s.name }))}
            />
          )}
        </Group>
        <ProblemAlert error={preview.error} />
        {preview.isPending && (
          <Text size="sm" role="status">
            {t('import.reading')}
          </Text>
        )}
        {seen && (
          <>
            {seen.problem && <Alert color="yellow">{t('import.noHeadings')}</Alert>}
            <ImportColumns
              columns={seen.columns}
              targets={seen.targets}
              change={(columns) => {
                look(file, columns);
              }}
            />
            {understood && (
              <>
                <ImportCounts done={seen.import} sites={seen.sites} />
                <ImportRows rows={seen.rows} left={seen.left ?? 0} />
                {seen.import.refused > 0 && (
                  <Checkbox
                    label={t('import.skipBad', { count: seen.import.refused })}
                    checked={skipBad}
                    onChange={(e) => {
                      setSkipBad(e.currentTarget.checked);
                    }}
                  />
                )}
                <ProblemAlert error={take.error} />
                <Group>
                  <Button
                    leftSection={<IconUpload size={16} />}
                    loading={take.isPending}
                    disabled={preview.isPending || (seen.import.refused > 0 && !skipBad) || seen.import.row_count === 0}
                    onClick={store}
                  >
                    {t('import.take', { count: seen.import.row_count })}
                  </Button>
                </Group>
              </>
            )}
          </>
        )}
      </Stack>
    </Section>
  );
}

/** What the server understood, as it is sent back; what was not stays out. */
export function targetsOf(columns: readonly { heading: string; target: string }[] = []): Record<string, string> {
  return Object.fromEntries(columns.filter((c) => c.heading).map((c) => [c.heading, c.target || '-']));
}

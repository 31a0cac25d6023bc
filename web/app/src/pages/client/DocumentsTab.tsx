import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArchive, IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { labelStocks, periodKinds, type ReportFormat, reportFormats, type ReportKind, reportKinds, reportPath, useKeepReport } from '@/api/documents';
import { useMay } from '@/api/session';
import { Attachments } from '@/components/Attachments';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { Section } from '@/components/Section';
import { languages, useLanguage } from '@/i18n';
import { KeptReports } from './KeptReports';
import { SavedReports } from './SavedReports';

const route = getRouteApi('/signed-in/clients/$clientId/documents');

/** What is handed over: made now, kept, sent by mail. */
export default function DocumentsTab() {
  const { clientId } = route.useParams();
  const maySend = useMay('money');
  const mayAttach = useMay('change');
  return (
    <Stack gap="lg">
      <MakeReport clientId={clientId} />
      <KeptReports clientId={clientId} />
      <Attachments owner="client" id={clientId} may={mayAttach} />
      {maySend && <SavedReports clientId={clientId} />}
    </Stack>
  );
}

/** Chooses a report and downloads or keeps it. */
export function MakeReport({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const mayKeep = useMay('money');
  const keep = useKeepReport(clientId);
  const { language } = useLanguage();
  const [kind, setKind] = useState<ReportKind>('audit');
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const [lang, setLang] = useState<string>(language);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [stock, setStock] = useState<string>(labelStocks[0]);
  const period = periodKinds.includes(kind);
  return (
    <Section title={t('document.make')}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Select
            label={t('document.kind')}
            allowDeselect={false}
            value={kind}
            onChange={(v) => { setKind(v as ReportKind); }}
            data={reportKinds.map((k) => ({ value: k, label: name('reportKind', k) }))}
          />
          <Select
            label={t('document.format')}
            allowDeselect={false}
            value={format}
            onChange={(v) => { setFormat(v as ReportFormat); }}
            data={reportFormats.map((f) => ({ value: f, label: name('reportFormat', f) }))}
          />
          <Select
            label={t('document.language')}
            allowDeselect={false}
            value={lang}
            onChange={(v) => { setLang(v ?? language); }}
            data={languages.map((l) => ({ value: l, label: l === 'fr' ? 'Français' : 'English' }))}
          />
          {period && <TextInput type="date" label={t('document.from')} value={from} onChange={(e) => { setFrom(e.currentTarget.value); }} />}
          {period && <TextInput type="date" label={t('document.to')} value={to} onChange={(e) => { setTo(e.currentTarget.value); }} />}
          {kind === 'labels' && (
            <Select label={t('document.stock')} allowDeselect={false} value={stock} onChange={(v) => { setStock(v ?? labelStocks[0]); }} data={[...labelStocks]} />
          )}
        </SimpleGrid>
        <Text size="sm" c="var(--parc-quiet)">
          {name('reportHelp', kind)}
        </Text>
        <Group>
          <Button component="a" href={reportPath(clientId, { kind, format, lang, from, to, stock })} download leftSection={<IconDownload size={17} />}>
            {t('document.download')}
          </Button>
          {mayKeep && kind !== 'labels' && (
            <Button
              variant="default"
              leftSection={<IconArchive size={17} />}
              loading={keep.isPending}
              onClick={() => {
                const body = { kind, ...(period && from ? { from } : {}), ...(period && to ? { to } : {}) };
                keep.mutate(body, {
                  onSuccess: () => {
                    notify.done(t('document.kept'));
                  },
                  onError: notify.problem,
                });
              }}
            >
              {t('document.keep')}
            </Button>
          )}
        </Group>
      </Stack>
    </Section>
  );
}

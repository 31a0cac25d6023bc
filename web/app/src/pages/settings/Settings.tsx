import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mailServerQuery, providerQuery } from '@/api/settings';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { PriceBook } from '@/components/PriceBook';
import { Section } from '@/components/Section';
import { MailServerForm } from './MailServerForm';
import { ProviderForm } from './ProviderForm';

/** How the provider shows itself on documents, and how they are sent. For administrators. */
export default function Settings() {
  const { t } = useTranslation();
  const provider = useQuery(providerQuery());
  const mail = useQuery(mailServerQuery());
  return (
    <Stack gap="lg">
      <PageHeader title={t('settings.title')} />
      <Section title={t('settings.provider')}>
        <Loaded query={provider}>{(p) => <ProviderForm provider={p} />}</Loaded>
      </Section>
      <Section title={t('settings.mail')}>
        <Loaded query={mail}>{(m) => <MailServerForm server={m} />}</Loaded>
      </Section>
      <PriceBook may />
    </Stack>
  );
}

import { Anchor, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconExternalLink, IconPencil, IconPin, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/session';
import type { Asset, Value } from '@/api/types';
import { useFormats, useNow } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { formatField, identityFields, isCode, isEditable, orderedFields, safeLink } from '@/format/field';
import { useLanguage } from '@/i18n';
import classes from './Identity.module.css';
import { PinForm } from './PinForm';

/** What is known of an asset, each value with where it comes from. */
export function Identity({ asset }: { asset: Asset }) {
  const { t } = useTranslation();
  const name = useNames();
  const mayChange = useMay('change');
  const [edited, setEdited] = useState<string>();
  const values = asset.values ?? {};
  // The place and the state have controls of their own.
  const shown = orderedFields(Object.keys(values).filter((f) => f !== 'site' && f !== 'state'));
  const missing = identityFields.filter((f) => isEditable(f) && !(f in values));
  return (
    <Section
      title={t('asset.identity')}
      flush
      actions={
        mayChange && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setEdited('');
            }}
          >
            {t('asset.addValue')}
          </Button>
        )
      }
    >
      <Table className={classes.table} verticalSpacing={7}>
        <caption className={classes.caption}>{t('asset.identityHint')}</caption>
        <Table.Tbody>
          {shown.map((field) => {
            const value = values[field];
            if (!value) return null;
            return (
              <Table.Tr key={field}>
                <Table.Th scope="row">{name('field', field)}</Table.Th>
                <Table.Td>
                  <Shown field={field} value={value.value} />
                </Table.Td>
                <Table.Td>
                  <Provenance value={value} />
                </Table.Td>
                <Table.Td className={classes.edit}>
                  {mayChange && isEditable(field) && (
                    <IconButton
                      icon={IconPencil}
                      label={t('asset.pin', { field: name('field', field) })}
                      onClick={() => {
                        setEdited(field);
                      }}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <PinForm
        assetId={asset.id}
        field={edited}
        value={edited ? values[edited] : undefined}
        choices={missing}
        close={() => {
          setEdited(undefined);
        }}
      />
    </Section>
  );
}

function Shown({ field, value }: { field: string; value: string }) {
  const name = useNames();
  const { language } = useLanguage();
  const link = field === 'management-url' ? safeLink(value) : undefined;
  const text = field === 'class' ? name('class', value) : formatField(field, value, language);
  if (link) {
    return (
      <Anchor href={link} target="_blank" rel="noreferrer noopener" size="sm">
        {text} <IconExternalLink size={13} aria-hidden />
      </Anchor>
    );
  }
  return (
    <Text size="sm" className={isCode(field) ? 'mono' : undefined} style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}

/** Where a value comes from, when, and how sure it is. */
export function Provenance({ value }: { value: Value }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const now = useNow();
  const lines = [
    t('asset.from', { source: value.from || name('source', value.source) }),
    t('asset.seenAt', { when: format.instant(value.at) }),
    value.confidence ? t('asset.confidence', { percent: value.confidence }) : '',
  ].filter(Boolean);
  return (
    <Tooltip
      label={lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    >
      { }
      <Group gap={6} wrap="nowrap" w="fit-content" tabIndex={0} className={classes.provenance}>
        {value.pinned && <IconPin size={14} aria-label={t('asset.pinned')} role="img" />}
        <Text size="xs" c="inherit" style={{ whiteSpace: 'nowrap' }}>
          {name('source', value.source)}
          {value.confidence && !value.pinned ? ` · ${String(value.confidence)} %` : ''} · {format.ago(value.at, now)}
        </Text>
      </Group>
    </Tooltip>
  );
}

import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const patience = 300; // ms after the last key before the list is asked for

interface Props {
  label: string;
  value: string;
  change: (text: string) => void;
}

/** A field that narrows a list once one stops typing. */
export function TextFilter({ label, value, change }: Props) {
  const [text, setText] = useState(value);
  const changeSoon = useDebouncedCallback(change, patience);
  // The address changed by other means: the back button, the clear button.
  useEffect(() => {
    setText(value);
  }, [value]);
  return (
    <TextInput
      type="search"
      w={280}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} />}
      value={text}
      onChange={(e) => {
        setText(e.currentTarget.value);
        changeSoon(e.currentTarget.value.trim());
      }}
    />
  );
}

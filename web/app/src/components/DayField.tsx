import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  label: string;
  /** "" for none. */
  day: string;
  error?: string;
  change: (day: string) => void;
}

/** A day that counts once it is whole: while a year is typed nothing is asked for. */
export function DayField({ label, day, error, change }: Props) {
  const [typed, setTyped] = useState<string>();
  const give = () => {
    if (typed !== undefined && typed !== day && (typed === '' || /^[12]\d{3}-/.test(typed))) change(typed);
    setTyped(undefined);
  };
  return (
    <TextInput
      type="date"
      label={label}
      w={150}
      value={typed ?? day}
      error={error}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
      }}
      onBlur={give}
      onKeyDown={(e) => {
        if (e.key === 'Enter') give();
      }}
    />
  );
}

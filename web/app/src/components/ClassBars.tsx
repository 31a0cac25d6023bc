import { Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import classes from './ClassBars.module.css';
import { ClassIcon } from './ClassIcon';
import { useFormats } from './formats';
import { useNames } from './names';

interface Props {
  counts: Record<string, number>;
  /** The client whose assets a bar leads to; without one the bars lead nowhere. */
  clientId?: string;
}

/** How many assets of each class, the most numerous first; what is not known comes last. */
export function ClassBars({ counts, clientId }: Props) {
  const name = useNames();
  const format = useFormats();
  const entries = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .sort(([a, n], [b, m]) => Number(a === 'unknown') - Number(b === 'unknown') || m - n || a.localeCompare(b));
  const most = Math.max(1, ...entries.map(([, n]) => n));
  return (
    <Stack gap={2}>
      {entries.map(([code, n]) => {
        const bar = (
          <>
            <ClassIcon name={code} size="sm" />
            <Text size="sm" truncate className={classes.name}>
              {name('class', code)}
            </Text>
            <span className={classes.track}>
              <span className={classes.bar} style={{ width: `${String((n / most) * 100)}%` }} />
            </span>
            <Text size="sm" fw={560} className={`numeric ${classes.count ?? ''}`}>
              {format.number(n)}
            </Text>
          </>
        );
        return clientId ? (
          <UnstyledButton
            key={code}
            className={classes.row}
            renderRoot={(props) => <Link to="/clients/$clientId/assets" params={{ clientId }} search={{ class: [code] }} {...props} />}
          >
            {bar}
          </UnstyledButton>
        ) : (
          <div key={code} className={classes.row}>
            {bar}
          </div>
        );
      })}
    </Stack>
  );
}

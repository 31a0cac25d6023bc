import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';

interface Props extends Pick<ActionIconProps, 'color' | 'loading' | 'variant' | 'size'> {
  icon: TablerIcon;
  /** Said by screen readers, and shown on hover. */
  label: string;
  onClick: () => void;
}

/** A button that is only a sign. */
export function IconButton({ icon: Icon, label, ...rest }: Props) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} {...rest}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

import { Badge, Button, Card, createTheme, type MantineColorsTuple, Modal, Paper, Table, Tabs, Tooltip } from '@mantine/core';

/** The calm petrol blue of parc: links, buttons, what is selected. */
const lagoon: MantineColorsTuple = [
  '#eef7f9',
  '#dcebef',
  '#b5d6df',
  '#8bc0cf',
  '#69aec1',
  '#539fb5',
  '#3d8ba3',
  '#2a7188',
  '#1d5f73',
  '#124b5c',
];

/** A cool grey: text and lines of the dark and the light scheme stand on it. */
const dark: MantineColorsTuple = [
  '#d5dade',
  '#adb6bc',
  '#89949b',
  '#636e76',
  '#434e56',
  '#333d44',
  '#283137',
  '#1e262b',
  '#171d21',
  '#101518',
];

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: { light: 8, dark: 6 },
  colors: { lagoon, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '640', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 560, miw: 'max-content' } }),
    Button: Button.extend({ defaultProps: { fw: 560 } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: 'lg' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 2 } } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 8, horizontalSpacing: 'sm', highlightOnHover: true } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 360 } }),
  },
});

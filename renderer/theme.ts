import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#f0f1fd',
  '#dfe1fb',
  '#bcc0f6',
  '#969cf1',
  '#767eec',
  '#626ae5',
  '#4f55d8',
  '#434ac4',
  '#3a40ab',
  '#30358d',
];

const raised = { background: 'var(--raised)', borderColor: 'var(--line)', boxShadow: 'var(--shadow)' };

/** Mantine's own greys in the dark, with the same hint of the accent as the tokens. */
const dark: MantineColorsTuple = [
  '#e9eaf0',
  '#b9bbc7',
  '#8f92a3',
  '#6b6e80',
  '#3c3e4b',
  '#2c2e39',
  '#1d1e27',
  '#15161d',
  '#101117',
  '#0b0c11',
];

/** Mantine's components in this house's measures; their colours come from styles/tokens.css. */
export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { sm: '6px', md: '8px', lg: '12px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    InputWrapper: {
      styles: {
        label: { marginBottom: 6 },
        description: { marginBottom: 8, lineHeight: 1.5 },
        error: { marginTop: 6, lineHeight: 1.5 },
      },
    },
    Menu: { styles: { dropdown: raised } },
    Popover: { styles: { dropdown: raised } },
  },
});

const colours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-accent-filled': 'var(--accent-fill)',
  '--mantine-color-accent-filled-hover': 'var(--accent-fill-hover)',
  '--mantine-color-anchor': 'var(--accent)',
};

/** Points Mantine's own colours at the house's tokens, the same names in both schemes. */
export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: colours, dark: colours });

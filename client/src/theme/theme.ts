import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Desaturated steel: actions are visible without competing with an alarm. */
const steel: MantineColorsTuple = [
  '#eef3f6',
  '#dde5ea',
  '#bccad3',
  '#9aafbb',
  '#7d97a7',
  '#6a889b',
  '#567386',
  '#45606f',
  '#374e5b',
  '#283a45',
];

const graphite: MantineColorsTuple = [
  '#e3e7ea',
  '#c8d0d6',
  '#a9b3ba',
  '#7c878f',
  '#434b52',
  '#343b41',
  '#23282c',
  '#1a1e21',
  '#15191b',
  '#121517',
];

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  primaryColor: 'steel',
  primaryShade: { light: 7, dark: 7 },
  colors: { steel, dark: graphite },
  defaultRadius: 'md',
  fontSizes: { xs: '1rem', sm: '1rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  respectReducedMotion: true,
  components: {
    TextInput: { defaultProps: { size: 'md', withAsterisk: false } },
    Textarea: { defaultProps: { size: 'md', withAsterisk: false } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Button: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.6 } } },
  },
});

const readable = {
  '--mantine-color-placeholder': 'var(--text-dim)',
  '--mantine-color-dimmed': 'var(--text-dim)',
  '--mantine-color-error': 'var(--critical-text)',
};

/** The library's faint texts miss the contrast of WCAG AA on our greys. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: readable, dark: readable });

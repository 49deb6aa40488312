import { PLOT_COLOURS, PLOT_STYLE } from '../svg/style.js';

/** How reports look: on a wide and a narrow screen, light and dark, and on paper. */
export const PAGE_STYLE = `${PLOT_COLOURS}
${PLOT_STYLE}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem}
body{margin:0 auto;max-width:80rem;padding:0 1.5rem 3rem;background:var(--ground);color:var(--ink);font:1rem/1.5 "Inter Variable",Inter,system-ui,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
h1{margin:0;font-size:1.75rem;font-weight:650;letter-spacing:-.015em}
h2{margin:0 0 .25rem;font-size:1.25rem;font-weight:620}
p{margin:.25rem 0 1rem;max-width:46rem;color:var(--ink-dim);text-wrap:pretty}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:.75rem 0;border-bottom:1px solid var(--grid);background:var(--ground)}
header{display:contents}
@media (min-width:60rem){nav{position:sticky;top:0}}
header h1{padding-top:2.5rem}
a{color:inherit;text-underline-offset:.2em}
section{padding:2rem 0 1rem;border-bottom:1px solid var(--grid)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1.5rem 2rem}
figure{margin:0}
figure.whole{max-width:62rem}
figcaption{margin-top:.25rem;font-size:.875rem;color:var(--ink-dim)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 1.25rem;padding:0;list-style:none;font-size:.875rem}
.swatch{display:inline-block;width:.75rem;height:.75rem;margin-right:.4rem;border-radius:.15rem;background:var(--tone);vertical-align:-.05rem}
.wide{overflow-x:auto;margin:0 0 1.5rem}
table{border-collapse:collapse;font-size:.875rem}
caption{padding:0 0 .5rem;text-align:left;color:var(--ink-dim)}
th,td{padding:.3rem .45rem;border-bottom:1px solid var(--grid);text-align:left;white-space:nowrap}
th:first-child{padding-left:0}
thead th{border-bottom-color:var(--base);font-weight:600;line-height:1.25;vertical-align:bottom;white-space:normal}
tbody th{font-weight:500}
.number{text-align:right}
tbody tr:hover{background:var(--grid)}
footer{padding:1.5rem 0;font-size:.875rem}
@media print{
@page{size:A4;margin:14mm}
html{font-size:9.5pt}
body{max-width:none;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav{display:none}
section{border:0;padding:1rem 0}
.figures{grid-template-columns:1fr 1fr;gap:5mm}
figure,tr{break-inside:avoid}
h2,caption{break-after:avoid}
table{font-size:7.5pt}
th,td{padding:.12rem .3rem}
.wide{overflow:visible}
}`;

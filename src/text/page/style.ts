/** The style of pages: dark or light as the reader's system is. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--raised:#f4f6f8;--line:#d0d7de;--text:#1f2328;--quiet:#57606a;--link:#0550ae;--bar:#0969da;--near:#9a6700;--full:#a40e26}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--raised:#161b22;--line:#3d444d;--text:#e6edf3;--quiet:#9da7b3;--link:#79b8ff;--bar:#58a6ff;--near:#e3b341;--full:#ff8e86}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:0 1.25rem 3rem;background:var(--paper);color:var(--text);font:.9375rem/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.375rem}
h2{margin:2rem 0 .75rem;font-size:1.125rem}
h3{margin:1.5rem 0 .5rem;font-size:1rem}
.scroll{overflow:auto;max-height:34rem;border:1px solid var(--line);border-radius:.5rem}
.scroll.short{max-height:21rem}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{width:100%;border-collapse:collapse}
th,td{padding:.3rem .75rem;text-align:left;font-weight:400;white-space:nowrap}
thead th{position:sticky;top:0;background:var(--raised);color:var(--quiet);font-weight:600}
tbody tr{border-top:1px solid var(--line)}
.numbers td:nth-child(2),.numbers th:nth-child(2){text-align:right}
.chart{display:block;width:100%;max-width:60rem;margin:.5rem 0 .75rem}
.chart text{fill:var(--text);font-size:12px}
.line{stroke:var(--line)}
rect,path{fill:var(--bar)}
rect.open{fill-opacity:.35;stroke:var(--bar)}
.near{fill:var(--near)}
.full{fill:var(--full)}
.unknown{fill:var(--quiet)}
.quiet{color:var(--quiet)}
@media print{.scroll{max-height:none;overflow:visible}}
`.trim();

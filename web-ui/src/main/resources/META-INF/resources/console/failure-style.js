/** How a failure's picture looks; what a page has no tokens for has its own. */
export const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: block; color: var(--vaadin-text-color, CanvasText); font-size: 15px; line-height: 1.45; container-type: inline-size;
    --bad: var(--parigot-failing, light-dark(#c62828, #f0665e)); --bad-text: var(--parigot-failing-text, light-dark(#a81d1d, #ff8f87)); --bad-tint: var(--parigot-failing-tint, light-dark(#fdf1f0, #321d20));
    --good: var(--parigot-live, light-dark(#14804a, #3fc380)); --good-text: var(--parigot-live-text, light-dark(#0e6b3c, #5ad696)); --good-tint: light-dark(#eef8f2, #16291f);
    --tile: var(--parigot-tile, light-dark(#fff, #1c1f26)); --line: var(--vaadin-border-color, light-dark(#d5d9e0, #3a3f4a)); --soft: var(--vaadin-text-color-secondary, light-dark(#555d6b, #a9b0bd));
    --warn: var(--parigot-starting, light-dark(#a86200, #f0b36b)); --arrow: var(--parigot-edge, light-dark(#6f7888, #8d95a4)); --now: light-dark(#fff3c4, #4a3c08); --mono: var(--parigot-mono, ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace); }
  :host([hidden]) { display: none; }
  :host([live]) .scrub { display: none; }
  * { box-sizing: border-box; }
  code { font-family: var(--mono); font-size: .9em; overflow-wrap: anywhere; }
  .soft { color: var(--soft); }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .verdict { border-inline-start: 6px solid var(--bad); padding: 4px 0 4px 20px; }
  .sentence { font-size: clamp(21px, 3.1cqi, 32px); line-height: 1.28; font-weight: 650; letter-spacing: -.01em; margin: 0; max-inline-size: 34em; text-wrap: pretty; }
  .sentence code { font-size: .88em; font-weight: 600; padding: .06em .3em; border-radius: .3em; background: var(--vaadin-background-container, light-dark(#eceff3, #2a2e37)); overflow-wrap: normal; }
  .so { font-size: clamp(17px, 2cqi, 20px); margin: 10px 0 0; }
  .so .badge { font-size: .8em; }
  .badge { display: inline-grid; place-items: center; inline-size: 1.4em; block-size: 1.4em; border-radius: 50%; background: light-dark(#22262e, #f2f4f8); color: light-dark(#fff, #14161b); font: 700 .68em/1 system-ui, sans-serif; vertical-align: .16em; }
  .verdict-facts { display: flex; flex-wrap: wrap; gap: 10px 28px; margin: 16px 0 0; }
  .verdict-facts dt { font-size: 13px; color: var(--soft); }
  .verdict-facts dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
  .verdict-facts .big dd { font-size: 19px; font-weight: 650; }
  .verdict-facts .good dd { color: var(--good-text); }
  .verdict-facts .bad dd { color: var(--bad-text); }
  .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; margin-block: 26px 14px; align-items: start; }
  .sides.alone { grid-template-columns: 1fr; }
  .side { min-inline-size: 0; background: var(--tile); border: 1px solid var(--line); border-block-start: 4px solid var(--good); border-radius: 12px; padding: 12px 10px 10px; }
  .side.failing { border-block-start-color: var(--bad); }
  .side h3 { margin: 0 0 6px 4px; font-size: 17px; font-weight: 650; color: var(--good-text); display: flex; gap: 8px; align-items: baseline; }
  .side.failing h3 { color: var(--bad-text); }
  .view { overflow: auto; border-radius: 8px; }
  .view:focus-visible, .state-after:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color, #2f6fe0); outline-offset: 2px; }
  .lanes { position: relative; inline-size: var(--width); font-size: 13px; line-height: 18px; }
  .layer { position: absolute; inset: 0; cursor: default; }
  svg { display: block; position: absolute; inset: 0; font-family: inherit; }
  svg text { fill: var(--vaadin-text-color, CanvasText); }
  .life { stroke: var(--line); stroke-width: 1.5; }
  .head { position: absolute; block-size: 28px; padding: 0 9px; border: 1.5px solid var(--hue); border-radius: 7px; background: var(--vaadin-background-container, light-dark(#eceff3, #2a2e37)); line-height: 25px; white-space: nowrap; }
  .bar { fill: color-mix(in srgb, var(--hue) 34%, var(--tile)); }
  .hue-0 { --hue: var(--parigot-hue-0, light-dark(#1d5fbf, #7db1ff)); } .hue-1 { --hue: var(--parigot-hue-1, light-dark(#8a3fb5, #d29bf5)); }
  .hue-2 { --hue: var(--parigot-hue-2, light-dark(#0b7285, #5fd0e0)); } .hue-3 { --hue: var(--parigot-hue-3, light-dark(#9a4f00, #f0b36b)); }
  .hue-4 { --hue: var(--parigot-hue-4, light-dark(#2b7a2b, #7fd27f)); } .hue-5 { --hue: var(--parigot-hue-5, light-dark(#b0256f, #ff94c6)); }
  .hue-6 { --hue: var(--parigot-hue-6, light-dark(#5a5fcf, #a9adff)); } .hue-7 { --hue: var(--parigot-hue-7, light-dark(#5f6b1f, #c3d06f)); }
  .dot { fill: var(--tile); stroke: var(--arrow); stroke-width: 2; }
  .dot.begin { stroke: var(--vaadin-text-color, CanvasText); }
  .dot.fault { stroke: var(--warn); }
  .count { font-size: 11.5px; fill: var(--soft) !important; font-variant-numeric: tabular-nums; }
  .label { position: absolute; inline-size: max-content; padding-inline: 3px; border-radius: 4px; background: var(--tile); overflow-wrap: anywhere; }
  .label code { font-size: 12px; }
  .label .words + .key { margin-inline-start: .15em; }
  .label .value { display: inline-block; color: var(--soft); }
  .together { white-space: nowrap; }
  .label.wait, .label.other, .label.aside { color: var(--soft); }
  .label.current { background: none; }
  .arrow { fill: none; stroke: var(--arrow); stroke-width: 1.6; stroke-linejoin: round; }
  .arrow.back { stroke-dasharray: 4 4; stroke-width: 1.3; }
  .tip { fill: var(--arrow); }
  .label.card { padding: 5px 9px; border-radius: 9px; border: 2px solid var(--good); background: var(--good-tint); color: inherit; font-weight: 650; }
  .failing .label.card { border-color: var(--bad); background: var(--bad-tint); }
  .label.card .value { color: inherit; }
  circle.badge { fill: light-dark(#22262e, #f2f4f8); }
  .badge-number { fill: light-dark(#fff, #14161b) !important; font-weight: 700; font-size: 12.5px; }
  .label.fault { padding: 2px 8px; border: 1.5px solid var(--warn); background: var(--now); font-weight: 600; }
  .flash { color: var(--warn); }
  .order path { fill: none; stroke: var(--good); stroke-width: 3; }
  .failing .order path { stroke: var(--bad); }
  .order-word { position: absolute; writing-mode: vertical-rl; inline-size: 58px; block-size: 22px; text-align: center; border: 1.5px solid var(--good); border-radius: 10px; background: var(--tile); line-height: 19px; font-size: 12px; font-weight: 650; }
  .failing .order-word { border-color: var(--bad); }
  .order path.order-tip { fill: var(--good); stroke: none; }
  .failing .order path.order-tip { fill: var(--bad); }
  .divider { position: absolute; inset-inline: 0; block-size: 20px; display: grid; place-items: center; }
  .divider::before { content: ""; position: absolute; inset-inline: 0; border-block-start: 1px dashed var(--arrow); }
  .divider span { position: relative; padding: 0 10px; border: 1px solid var(--line); border-radius: 10px; background: var(--tile); font-size: 12.5px; color: var(--soft); }
  .outcome { position: absolute; inset-inline: 4px auto; max-inline-size: calc(100% - 8px); padding: 5px 12px; border: 1.5px solid var(--good); border-radius: 8px; background: var(--good-tint); color: var(--good-text); font-size: 14px; font-weight: 650; overflow-wrap: anywhere; }
  .failing .outcome { border-color: var(--bad); background: var(--bad-tint); color: var(--bad-text); }
  .later { opacity: .22; }
  .band { position: absolute; inset-inline: 0; border-radius: 6px; background: var(--now); }
  .fold { position: absolute; inset-inline: 32px 32px; block-size: 26px; font: inherit; line-height: 1; color: var(--soft); background: var(--tile); border: 1px dashed var(--line); border-radius: 13px; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .fold::before { content: "⋯ "; }
  .fold:hover { color: inherit; border-color: var(--arrow); }
  .scrub { position: sticky; inset-block-end: 0; z-index: 2; background: var(--tile); border: 1px solid var(--line); border-radius: 12px; padding: 10px 14px 12px; box-shadow: 0 -6px 18px light-dark(#0000000f, #00000059); }
  .scrub-line { display: flex; align-items: center; gap: 10px; }
  .scrub input { flex: 1; min-inline-size: 80px; block-size: 28px; accent-color: var(--aura-accent-color, #2f6fe0); }
  .plain { font: inherit; color: inherit; min-inline-size: 34px; min-block-size: 32px; padding: 0 8px; border: 1px solid var(--line); border-radius: 8px; background: var(--tile); cursor: pointer; }
  .plain:hover { border-color: var(--arrow); }
  .states { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 22px; margin-block-start: 8px; }
  .states > :only-child { grid-column: 1 / -1; }
  .state-after { min-inline-size: 0; max-block-size: min(11em, 22vh); overflow: auto; }
  .now { margin: 0 0 4px; font-size: 14px; overflow-wrap: anywhere; }
  .sign { color: var(--good-text); font-weight: 700; margin-inline-end: 6px; }
  .failing .sign { color: var(--bad-text); }
  table { border-collapse: collapse; inline-size: 100%; font-size: 13.5px; }
  th, td { text-align: start; font-weight: 400; padding: 3px 8px; vertical-align: baseline; }
  th { inline-size: 1%; white-space: nowrap; max-inline-size: 45cqi; overflow: hidden; text-overflow: ellipsis; }
  td { overflow-wrap: anywhere; }
  tr.changed, li.changed { background: var(--now); }
  .mark-word { margin-inline-start: 8px; font-size: 12px; font-weight: 650; }
  .log { list-style: none; margin: 6px 0 0; padding: 0; font: 12px/1.5 var(--mono); overflow-wrap: anywhere; }
  .log li { padding: 0 8px; }
  .tables { margin-block-start: 14px; }
  .tables summary { cursor: pointer; padding: 6px 2px; color: var(--soft); }
  summary:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color, #2f6fe0); outline-offset: 2px; }
  .tables .view { background: var(--tile); border: 1px solid var(--line); padding: 10px 14px; margin-block-start: 8px; }
  .sequence caption { text-align: start; font-weight: 650; padding: 4px 8px; }
  .sequence th { color: var(--soft); }
  .sequence .decisive { background: var(--now); font-weight: 600; }
  @container (max-width: 860px) {
    .sides, .states { grid-template-columns: 1fr; }
    .side { padding: 10px 4px 8px; }
    .scrub { padding: 8px 10px; }
    .state-after { max-block-size: 4.6em; }
    .log { display: none; }
  }
  @media (max-height: 620px) { .scrub { position: static; } }
`);

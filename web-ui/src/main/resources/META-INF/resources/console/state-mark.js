/**
 * The state of a service or an app as a shape in a colour. The word stands beside it in the text, so
 * the mark itself is hidden from screen readers: neither colour nor shape is ever the only sign.
 */

/** The style of `.mark`, shared by the elements that draw marks in a shadow tree. */
export const markStyles = `
  .mark { display: inline-block; inline-size: 0.75em; block-size: 0.75em; flex: none; background: currentColor; }
  .mark[data-state="running"], .mark[data-state="live"] { color: var(--parigot-live); border-radius: 50%; }
  .mark[data-state="idle"], .mark[data-state="empty"] {
    color: var(--parigot-idle); background: none; border: 2px solid currentColor; border-radius: 50%; box-sizing: border-box;
  }
  .mark[data-state="starting"] {
    color: var(--parigot-starting); border-radius: 50%; border: 2px solid currentColor; box-sizing: border-box;
    background: linear-gradient(90deg, currentColor 50%, transparent 50%);
  }
  .mark[data-state="failing"], .mark[data-state="failed"] {
    color: var(--parigot-failing); clip-path: polygon(50% 0, 100% 100%, 0 100%); transform: scale(1.15);
  }
  .mark[data-state="stopped"], .mark[data-state="down"] { color: var(--parigot-failing); }
  .mark[data-state="replaced"] { color: var(--parigot-idle); }
`;

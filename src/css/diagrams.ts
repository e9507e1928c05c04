/**
 * Mermaid computes with its own colors and cannot read custom properties; the style text that it adds to each
 * diagram can. So diagrams follow the theme without being drawn again.
 */
const style = `
  .node :is(rect, circle, ellipse, polygon, path), .actor, rect.actor, .labelBox, .statediagram-state rect.basic {
    fill: var(--slice-raised) !important; stroke: var(--slice-edge) !important; stroke-width: 1.25px !important;
  }
  .cluster rect { fill: var(--slice-sunken) !important; stroke: var(--slice-line) !important; }
  .note, rect.note { fill: var(--slice-crust-tint) !important; stroke: var(--slice-crust) !important; }
  .flowchart-link, .messageLine0, .messageLine1, .actor-line, .transition, .relationshipLine, .loopLine {
    stroke: var(--slice-quiet) !important;
  }
  marker :is(path, circle), .arrowheadPath, .arrowMarkerPath { fill: var(--slice-quiet) !important; stroke: var(--slice-quiet) !important; }
  .edgeLabel, .edgeLabel p, .edgeLabel rect, .labelBkg { background-color: var(--slice-surface) !important; fill: var(--slice-surface) !important; }
  text, tspan, .label, .nodeLabel, .nodeLabel p, .edgeLabel span, .cluster-label span, .messageText, .loopText, .noteText, .actor > tspan {
    color: var(--slice-text) !important; fill: var(--slice-text) !important; stroke: none !important;
  }
`;

export const diagramOptions = {
  fontFamily: 'var(--slice-font-text)',
  fontSize: 16,
  themeCSS: style,
  flowchart: { curve: 'basis', padding: 14, rankSpacing: 32, nodeSpacing: 24, useMaxWidth: true },
  sequence: { useMaxWidth: true, mirrorActors: false },
};
